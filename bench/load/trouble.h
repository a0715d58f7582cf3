// People who are trouble, and a server that is: what neither may do to everybody else.
#pragma once
#include "work.h"

// Come in like everybody, and then never read, read a KiB a second, flood, or ping and never read.
class Trouble {
 public:
  Trouble(const Options& options, int port) : port_(port), crumb_(int(options.number("small-buffer", 4096))) {
    size_t at = links.size();
    take(at, size_t(options.number("flood")), floods_);
    take(at, size_t(options.number("pinging")), pings_);
    take(at, size_t(options.number("slow")), slow_);
    take(at, size_t(options.number("silent")), silent_);
    for (size_t i = at; i < links.size(); i++) links[i]->hostile = true;
    for (size_t i = 0; i < at; i++) links[i]->others -= int(links.size() - at);
    healthy = at;
  }
  size_t healthy;

  void begin() {
    for (auto* group : {&silent_, &slow_, &pings_})
      for (size_t i : *group) links[i]->stop_reading();
  }

  // Called again and again; does what has become due, and says when it wants to be called next.
  uint64_t turn(uint64_t now) {
    if (floods_.empty() && pings_.empty() && slow_.empty()) return UINT64_MAX;
    if (now < next_) return next_;
    next_ = now + 10000;
    for (size_t i : floods_) flood(i, now);
    for (size_t i : pings_)
      if (links[i]->is_open() && links[i]->unsent() < 100000) links[i]->say(9, "still there?");
    if (now >= next_sip_) {
      next_sip_ = now + 1000000;
      for (size_t i : slow_) links[i]->sip(1024);
    }
    return next_;
  }

  size_t thrown_out() const { return thrown_out_; }

 private:
  int port_, crumb_;
  vector<size_t> floods_, pings_, slow_, silent_;
  std::map<size_t, uint64_t> back_at_;
  uint64_t next_ = 0, next_sip_ = 0;
  size_t thrown_out_ = 0;

  void take(size_t& at, size_t count, vector<size_t>& into) {
    for (; count > 0; count--) {
      into.push_back(--at);
      links[at]->receive_buffer = crumb_;
    }
  }

  // 2,000 a second in parts of twenty; who is thrown out is back half a second later.
  void flood(size_t i, uint64_t now) {
    Link& link = *links[i];
    if (link.is_open() && link.ready && link.unsent() < 1000000)
      for (int k = 0; k < 20; k++) link.dialect->flood(link);
    if (link.is_open() || (!link.dead && !link.ready)) return;
    if (!back_at_.count(i)) back_at_[i] = now + 500000, thrown_out_++;
    if (now < back_at_[i]) return;
    back_at_.erase(i);
    links[i] = std::make_unique<Link>(int(i), epoll, port_);
    links[i]->hostile = true;
    links[i]->dialect = std::make_unique<Codesign>(places[i], int(i));
    links[i]->open();
  }
};

// As the page waits: full jitter below a bound that doubles from half a second to eight (P6.11).
inline uint64_t wait_of(int tries) {
  double most = std::min(8.0, 0.5 * (1 << std::min(tries, 5)));
  return uint64_t(drand48() * most * 1e6);
}

// The server dies under everybody, and is started again by whoever started us. When is each one back?
inline void restart(const Options& options, int port) {
  Schedule schedule(links.size(), options.number("edits", 0.5), 0);
  work(schedule, options.number("warm", 2));
  printf("{\"connected\":%zu}\n", count_if([](Link& l) { return l.ready && !l.dead; }));
  fflush(stdout);
  std::map<string, long> acked;  // by board: of each the last that was kept
  uint64_t died = 0;
  vector<uint64_t> again(links.size(), 0);
  vector<int> tries(links.size(), 0);
  Histogram back;
  size_t behind = 0;
  uint64_t end = now_us() + uint64_t(options.number("patience", 60) * 1e6);
  while (now_us() < end && back.count < links.size()) {
    uint64_t now = now_us();
    for (size_t i = 0; i < links.size(); i++) {
      Link& link = *links[i];
      if (link.dead && !died) {
        died = now;
        for (size_t k = 0; k < links.size(); k++) acked[places[k].board] = std::max(acked[places[k].board], links[k]->dialect->acked());
      }
      if (link.dead && !again[i]) again[i] = now + wait_of(tries[i]++);
      if (link.dead && now >= again[i]) {
        again[i] = 0;
        links[i] = std::make_unique<Link>(int(i), epoll, port);
        links[i]->dialect = std::make_unique<Codesign>(places[i], int(i));
        links[i]->open();
      }
      if (died && tries[i] && links[i]->ready && !links[i]->dead && !links[i]->counted) {
        links[i]->counted = true;
        back.add(links[i]->ready_at - died);
        behind += links[i]->dialect->seq() < acked[places[i].board];
      }
    }
    pump(now + 2000);
  }
  long last = 0;
  for (auto& one : acked) last = std::max(last, one.second);
  printf("{\"back\":%llu,\"people\":%zu,\"behind\":%zu,\"acked\":%ld,\"back_s\":[%.2f,%.2f,%.2f]}\n", (unsigned long long)back.count,
         links.size(), behind, last, back.quantile(.5) / 1000, back.quantile(.95) / 1000, back.quantile(1) / 1000);
}
