// What is measured: times and histograms, and the marker by which an edit is known again wherever it arrives.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

inline uint64_t now_us() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return uint64_t(t.tv_sec) * 1000000 + t.tv_nsec / 1000;
}

inline double cpu_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

// 64 steps for each doubling: a value is known to 1.6 %.
class Histogram {
 public:
  uint64_t count = 0;

  void add(uint64_t us) {
    bins_[place(us)]++;
    count++;
  }

  // The value in milliseconds below which `share` of all lie; -1 without any.
  double quantile(double share) const {
    if (!count) return -1;
    uint64_t wanted = std::min<uint64_t>(uint64_t(share * count), count - 1), passed = 0;
    for (size_t i = 0; i < bins_.size(); i++)
      if ((passed += bins_[i]) > wanted) return value(i) / 1000;
    return -1;
  }

 private:
  std::vector<uint64_t> bins_ = std::vector<uint64_t>(64 * 60, 0);

  static size_t place(uint64_t v) {
    if (v < 64) return v;
    int top = 63 - __builtin_clzll(v);
    return std::min<size_t>((top - 5) * 64 + ((v >> (top - 6)) & 63), 64 * 60 - 1);
  }
  static double value(size_t i) {
    return i < 64 ? i : ldexp(64 + i % 64, int(i / 64) - 1);
  }
};

struct Meter {
  bool on = false, cursors_on = false;
  uint64_t since = 0;  // what was sent earlier does not count, also when it arrives now
  Histogram edits, cursors, acks;
  uint64_t edits_sent = 0, cursors_sent = 0, edits_due = 0, cursors_due = 0, folded = 0, refused = 0;
  uint64_t frames = 0, bytes = 0;

  void sent_edit(int others) { if (on) edits_sent++, edits_due += others; }
  void sent_cursor(int others) { if (on) cursors_sent++, cursors_due += others; }
  void seen(Histogram& which, uint64_t sent, uint64_t now) {
    if (on && sent >= since) which.add(now > sent ? now - sent : 0);
  }
};

inline Meter meter;

// An edit carries `@E`, when it was asked in 12 hex digits of microseconds, who asked in 3, and `@`.
constexpr size_t MARKER = 18;

inline std::string marker(char kind, uint64_t at, int who) {
  char text[32];
  snprintf(text, sizeof text, "@%c%012llx%03x@", kind, (unsigned long long)at, who & 0xfff);
  return text;
}

inline int hex(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Calls found(kind, sent, who, place) for each marker in the bytes, whatever protocol is around it.
template <class Found>
void find_markers(const char* data, size_t size, Found found) {
  const char *at = data, *end = data + size;
  while (at < end) {
    const char* q = (const char*)memchr(at, '@', end - at);
    if (!q || q + MARKER > end) return;
    at = q + 1;
    if ((q[1] != 'E' && q[1] != 'C') || q[MARKER - 1] != '@') continue;
    uint64_t sent = 0;
    int who = 0, digit = 0;
    for (int i = 2; i < 14 && digit >= 0; i++) sent = sent * 16 + (digit = hex(q[i]));
    for (int i = 14; i < 17 && digit >= 0; i++) who = who * 16 + (digit = hex(q[i]));
    if (digit < 0) continue;
    found(q[1], sent, who, q);
    at = q + MARKER;
  }
}
