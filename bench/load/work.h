// People at work: who is to do what when, and what is counted meanwhile.
#pragma once
#include <queue>

#include "crowd.h"
#include "process.h"

struct Turn {
  uint64_t due;
  int who;
  bool is_edit;
  bool operator<(const Turn& other) const { return due > other.due; }
};

class Schedule {
 public:
  Schedule(size_t people, double edits, double cursors) : edits_(edits), cursors_(cursors) {
    uint64_t now = now_us();
    for (size_t i = 0; i < people; i++) {
      if (edits > 0) turns_.push({now + uint64_t(drand48() * 1e6 / edits), int(i), true});
      if (cursors > 0) turns_.push({now + uint64_t(drand48() * 1e6 / cursors), int(i), false});
    }
  }
  uint64_t next() const { return turns_.empty() ? UINT64_MAX : turns_.top().due; }

  void run(uint64_t now) {
    for (int k = 0; k < 64 && next() <= now; k++) {
      Turn turn = turns_.top();
      turns_.pop();
      stall_us = std::max(stall_us, now - turn.due);
      Link& link = *links[turn.who];
      if (link.ready && link.is_open()) turn.is_edit ? link.dialect->edit(link, turn.due) : link.dialect->cursor(link, turn.due);
      // A cursor never comes faster than its rate: a server may refuse what does.
      double wobble = turn.is_edit ? 0.9 + 0.2 * drand48() : 1.0 + 0.05 * drand48();
      turn.due += uint64_t(1e6 / (turn.is_edit ? edits_ : cursors_) * wobble);
      turns_.push(turn);
    }
  }

 private:
  std::priority_queue<Turn> turns_;
  double edits_, cursors_;
};

// `besides` is done whenever it is due, and says when that is again.
using Besides = std::function<uint64_t(uint64_t now)>;

inline void work(Schedule& schedule, double seconds, const Besides& besides = {}) {
  for (uint64_t end = now_us() + uint64_t(seconds * 1e6), now; (now = now_us()) < end;) {
    schedule.run(now);
    uint64_t next = besides ? besides(now) : UINT64_MAX;
    pump(std::min({schedule.next(), next, end}));
  }
}

// What was sent last still arrives.
inline void drain() {
  uint64_t now = now_us(), last_news = now, seen = 0;
  for (uint64_t end = now + 2000000; now < end && now - last_news < 300000; now = now_us()) {
    pump(now + 5000);
    uint64_t all = meter.edits.count + meter.cursors.count;
    if (all != seen) seen = all, last_news = now;
  }
}

inline double share(uint64_t seen, uint64_t due) { return due ? double(seen) / due : -1; }

inline void print_times(const char* name, const Histogram& times) {
  printf("\"%s\":[%.2f,%.2f,%.2f],", name, times.quantile(.5), times.quantile(.95), times.quantile(.99));
}

inline void measure(const Options& options, const Processes& server, size_t writers, const Besides& besides = {}) {
  Schedule schedule(writers, options.number("edits", 2), options.number("cursors"));
  work(schedule, options.number("warm", 2), besides);
  stall_us = 0;
  meter.on = meter.cursors_on = true;
  meter.since = now_us();
  uint64_t frames = meter.frames, bytes = meter.bytes;
  Machine before = Machine::now();
  double server_cpu = server.cpu(), own_cpu = cpu_seconds();
  work(schedule, options.number("seconds", 5), besides);
  double took = (now_us() - meter.since) / 1e6;
  server_cpu = (server.cpu() - server_cpu) / took;
  own_cpu = (cpu_seconds() - own_cpu) / took;
  Machine after = Machine::now();
  double others = (after.busy - before.busy) / took - server_cpu - own_cpu;
  frames = meter.frames - frames;
  bytes = meter.bytes - bytes;
  uint64_t seen = meter.edits.count + meter.cursors.count, stall = stall_us;
  // Who stands still is shown when there is room again: that is no answer to a move.
  meter.cursors_on = false;
  drain();
  printf("\"others_cpu\":%.2f,\"stolen\":%.3f,", others, (after.stolen - before.stolen) / (after.whole - before.whole));
  print_times("edit_ms", meter.edits);
  print_times("cursor_ms", meter.cursors);
  print_times("ack_ms", meter.acks);
  printf("\"edits_sent\":%llu,\"cursors_sent\":%llu,\"folded\":%llu,\"refused\":%llu,", (unsigned long long)meter.edits_sent,
         (unsigned long long)meter.cursors_sent, (unsigned long long)meter.folded, (unsigned long long)meter.refused);
  printf("\"edits_share\":%.4f,\"cursors_share\":%.4f,\"deliveries_per_s\":%.0f,", share(meter.edits.count, meter.edits_due),
         share(meter.cursors.count, meter.cursors_due), seen / took);
  printf("\"frames_per_s\":%.0f,\"bytes_per_s\":%.0f,\"cpu\":%.3f,\"own_cpu\":%.2f,\"stall_ms\":%.1f,\"rss_mb\":%.1f,", frames / took,
         bytes / took, server_cpu, own_cpu, stall / 1000.0, server.rss_mb());
}
