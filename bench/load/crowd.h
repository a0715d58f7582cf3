// Everybody who is connected, and the one place that waits for them.
#pragma once
#include <functional>

#include "codesign.h"
#include "listener.h"
#include "options.h"
#include "tldraw.h"
#include "yjs.h"

using std::string;
using std::vector;

inline int epoll;
inline vector<std::unique_ptr<Link>> links;
inline vector<Place> places;
inline uint64_t stall_us = 0;  // how late this program itself was, at worst

// Waits to the microsecond: with whole milliseconds it would have to spin, and nobody could tell how busy it is.
inline void pump(uint64_t until) {
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

inline void pump_for(double seconds) {
  for (uint64_t end = now_us() + uint64_t(seconds * 1e6); now_us() < end;) pump(end);
}

inline size_t count_if(const std::function<bool(Link&)>& is) {
  size_t n = 0;
  for (auto& link : links) n += is(*link);
  return n;
}

inline Link& add(std::unique_ptr<Dialect> dialect, int port) {
  links.push_back(std::make_unique<Link>(int(links.size()), epoll, port));
  links.back()->dialect = std::move(dialect);
  return *links.back();
}

inline void add_people(const Options& options, int port) {
  places = read_places(options.text("people"));
  only_moves = options.number("moves") > 0;
  std::map<string, int> crowd;
  for (auto& place : places) crowd[place.board]++;
  for (auto& place : places) add(std::make_unique<Codesign>(place, int(links.size())), port).others = crowd[place.board] - 1;
}

// The same crowd before a peer: `boards` of equal size.
inline void add_others(const Options& options, int port, Templates& templates) {
  string dialect = options.text("dialect");
  int people = int(options.number("people")), boards = int(options.number("boards", 1));
  if (dialect == "tldraw") templates = read_templates(options.text("templates"));
  for (int i = 0; i < people; i++) {
    string board = "bench" + std::to_string(i % boards);
    std::unique_ptr<Dialect> side;
    if (dialect == "listen") side = std::make_unique<Listener>();
    else if (dialect == "tldraw") side = std::make_unique<Tldraw>(templates, board, i);
    else side = std::make_unique<Yjs>(dialect == "hocuspocus", board, i);
    add(std::move(side), port).others = people / boards - 1;
  }
}

// The first `wanted` come in, at most so many at a time: a crowd at a door, not a wall.
inline void let_in(size_t wanted, size_t at_once, double seconds) {
  uint64_t end = now_us() + uint64_t(seconds * 1e6);
  size_t next = 0;
  while (now_us() < end) {
    size_t done = 0;
    for (size_t i = 0; i < next; i++) done += links[i]->ready || links[i]->dead;
    if (done == wanted) return;
    while (next < wanted && next - done < at_once) links[next++]->open();
    pump(now_us() + 2000);
  }
}
