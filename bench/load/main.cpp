// The load: many people on one machine, in one thread. Built by bench/generator.py; prints one line of JSON.
#include <signal.h>

#include <functional>
#include <queue>

#include "options.h"
#include "process.h"
#include "tldraw.h"
#include "yjs.h"

using std::string;
using std::vector;

namespace {

int epoll;
vector<std::unique_ptr<Link>> links;
uint64_t stall_us = 0;  // how late this program itself was, at worst

// Waits to the microsecond: with whole milliseconds it would have to spin, and nobody could tell how busy it is.
void pump(uint64_t until) {
  uint64_t now = now_us();
  uint64_t us = until > now ? until - now : 0;
  timespec wait{time_t(us / 1000000), long(us % 1000000) * 1000};
  epoll_event events[512];
  int n = epoll_pwait2(epoll, events, 512, &wait, nullptr);
  for (int i = 0; i < n; i++) {
    Link& link = *(Link*)events[i].data.ptr;
    if (link.is_open() && events[i].events & EPOLLOUT) link.flush();
    if (link.is_open() && link.reads && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) link.read();
  }
}

void pump_for(double seconds) {
  for (uint64_t end = now_us() + uint64_t(seconds * 1e6); now_us() < end;) pump(end);
}

size_t count_if(const std::function<bool(Link&)>& is) {
  size_t n = 0;
  for (auto& link : links) n += is(*link);
  return n;
}

Link& add(std::unique_ptr<Dialect> dialect, int port) {
  links.push_back(std::make_unique<Link>(int(links.size()), epoll, port));
  links.back()->dialect = std::move(dialect);
  return *links.back();
}

void add_people(const Options& options, int port) {
  vector<Place> places = read_places(options.text("people"));
  std::map<string, int> crowd;
  for (auto& place : places) crowd[place.board]++;
  for (auto& place : places) add(std::make_unique<Codesign>(place, int(links.size())), port).others = crowd[place.board] - 1;
}

// The same crowd before a peer: `boards` of equal size.
void add_others(const Options& options, int port, Templates& templates) {
  string dialect = options.text("dialect");
  int people = int(options.number("people")), boards = int(options.number("boards", 1));
  if (dialect == "tldraw") templates = read_templates(options.text("templates"));
  for (int i = 0; i < people; i++) {
    string board = "bench" + std::to_string(i % boards);
    std::unique_ptr<Dialect> side;
    if (dialect == "tldraw") side = std::make_unique<Tldraw>(templates, board, i);
    else side = std::make_unique<Yjs>(dialect == "hocuspocus", board, i);
    add(std::move(side), port).others = people / boards - 1;
  }
}

// At most so many are on their way in at a time: a crowd at a door, not a wall.
void let_in(size_t first, size_t at_once, double seconds) {
  uint64_t end = now_us() + uint64_t(seconds * 1e6);
  size_t next = first;
  while (now_us() < end) {
    size_t done = 0;
    for (size_t i = first; i < next; i++) done += links[i]->ready || links[i]->dead;
    if (done == links.size() - first) return;
    while (next < links.size() && next - first - done < at_once) links[next++]->open();
    pump(now_us() + 2000);
  }
}

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

void work(Schedule& schedule, double seconds) {
  for (uint64_t end = now_us() + uint64_t(seconds * 1e6), now; (now = now_us()) < end;) {
    schedule.run(now);
    pump(std::min(schedule.next(), end));
  }
}

// What was sent last still arrives.
void drain() {
  uint64_t now = now_us(), last_news = now, seen = 0;
  for (uint64_t end = now + 2000000; now < end && now - last_news < 300000; now = now_us()) {
    pump(now + 5000);
    uint64_t all = meter.edits.count + meter.cursors.count;
    if (all != seen) seen = all, last_news = now;
  }
}

double share(uint64_t seen, uint64_t due) { return due ? double(seen) / due : -1; }

void print_times(const char* name, const Histogram& times) {
  printf("\"%s\":[%.2f,%.2f,%.2f],", name, times.quantile(.5), times.quantile(.95), times.quantile(.99));
}

void measure(const Options& options, const Processes& server) {
  Schedule schedule(links.size(), options.number("edits", 2), options.number("cursors"));
  work(schedule, options.number("warm", 2));
  stall_us = 0;
  meter.on = meter.cursors_on = true;
  meter.since = now_us();
  uint64_t frames = meter.frames, bytes = meter.bytes;
  Machine before = Machine::now();
  double server_cpu = server.cpu(), own_cpu = cpu_seconds();
  work(schedule, options.number("seconds", 5));
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

// Nobody does anything: what a connection takes, and how much the server is at work all the same.
void hold(double seconds, const Processes& server, double rss_before) {
  pump_for(1);
  double cpu = server.cpu();
  pump_for(seconds);
  double rss = server.rss_mb();
  printf("\"kb_per_connection\":%.1f,\"cpu\":%.4f,\"rss_mb\":%.1f,", (rss - rss_before) * 1024 / links.size(),
         (server.cpu() - cpu) / seconds, rss);
}

}  // namespace

int main(int count, char** words) {
  signal(SIGPIPE, SIG_IGN);
  srand48(42);
  Options options(count, words);
  Processes server(options.text("pids"));
  epoll = epoll_create1(0);
  int port = int(options.number("port"));
  Templates templates;
  if (options.text("dialect", "codesign") == "codesign") add_people(options, port);
  else add_others(options, port, templates);

  double rss_before = server.rss_mb();
  uint64_t began = now_us();
  let_in(0, size_t(options.number("at-once", 32)), options.number("patience", 40));
  double joined = (now_us() - began) / 1e6;
  printf("{");
  if (options.number("hold")) hold(options.number("hold"), server, rss_before);
  else measure(options, server);
  string why;
  for (auto& link : links) if (link->dead && why.empty()) why = link->why;
  for (auto& c : why) if (c == '"' || c == '\\' || c < ' ') c = '\'';
  printf("\"people\":%zu,\"ready\":%zu,\"lost\":%zu,\"why\":\"%s\",\"join_s\":%.2f}\n", links.size(),
         count_if([](Link& l) { return l.ready; }), count_if([](Link& l) { return l.dead; }), why.c_str(), joined);
  fflush(stdout);
  _exit(0);
}
