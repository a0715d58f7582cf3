// The product's own protocol, as a browser comes in: a ticket, the snapshots, the socket (docs/protocol.md).
#pragma once
#include <deque>

#include "link.h"

// What the preparation made for one person: their cookie, the streams, and the note that is theirs to write on.
struct Place {
  std::string cookie, board, workshop, note;
};

// Moves of one's note instead of edits: they can be made whatever was done to it before.
inline bool only_moves = false;

class Codesign : public Dialect {
 public:
  Codesign(Place place, int index) : place_(std::move(place)), index_(index) {
    char id[32];
    snprintf(id, sizeof id, "bench%06x%05d", (unsigned)(now_us() & 0xffffff), index);
    client_ = (std::string(id) + "______________________").substr(0, 22);
    text_ = "@E000000000000000@";
  }

  void connected(Link& link) override { link.request("POST /ticket", cookie() + "Content-Length: 0\r\n"); }

  void answered(Link& link, int status, const std::string& head, const std::string& body) override {
    if (status != 200) return link.fail("HTTP " + std::to_string(status));
    if (ticket_.empty()) {
      ticket_ = between(body, "\"ticket\":\"", "\"");
      fetch(link, place_.board);
    } else if (board_seq_ < 0) {
      read_tag(Link::header(head, "etag:"), board_seq_);
      fetch(link, place_.workshop);
    } else {
      read_tag(Link::header(head, "etag:"), workshop_seq_);
      link.upgrade("/socket?ticket=" + ticket_, cookie());
    }
  }

  void upgraded(Link& link) override {
    link.say(1, "{\"type\":\"hello\",\"protocol\":1,\"epoch\":\"" + epoch_ + "\",\"clients\":{\"" + client_ +
                    "\":1},\"follow\":[" + follow(place_.board, board_seq_) + "," + follow(place_.workshop, workshop_seq_) + "]}");
  }

  void heard(Link& link, int, const char* data, size_t size, uint64_t now) override {
    if (starts(data, size, "{\"type\":\"changes\"")) hear_changes(link, data, size, now);
    else if (starts(data, size, "{\"type\":\"presence\"")) hear_presence(data, size, now);
    else if (starts(data, size, "{\"type\":\"ack\"")) hear_answer(link, data, size, now, true);
    else if (starts(data, size, "{\"type\":\"refused\"")) hear_answer(link, data, size, now, false);
    else if (starts(data, size, "{\"type\":\"welcome\"")) link.be_ready();
    else if (starts(data, size, "{\"type\":\"bye\"")) link.fail(std::string(data, size));
  }

  // One edit of a text at a time (P5.5): while one is unanswered, the next ones become one that is as old as the oldest.
  void edit(Link& link, uint64_t due) override {
    if (!asked_) return ask(link, due);
    if (waiting_) meter.folded++;
    else waiting_ = due;
  }

  void flood(Link& link) override { move(link); }

  void move(Link& link) {
    char text[300];
    snprintf(text, sizeof text,
             "{\"type\":\"op\",\"client\":\"%s\",\"n\":%ld,\"stream\":\"%s\",\"base\":%ld,\"op\":{\"type\":\"move_item\","
             "\"id\":\"%s\",\"x\":%ld,\"y\":%d}}",
             client_.c_str(), n_ + 1, place_.board.c_str(), board_seq_, place_.note.c_str(), n_ % 1000000, index_ * 30000);
    n_++;
    link.say(1, text);
  }

  long seq() const override { return board_seq_; }
  long acked() const override { return acked_; }

  // The time is in x; the seconds before it come round again are a hundred.
  void cursor(Link& link, uint64_t due) override {
    char text[160];
    snprintf(text, sizeof text, "{\"type\":\"presence\",\"stream\":\"%s\",\"cursor\":[%llu,%d]}", place_.board.c_str(),
             (unsigned long long)(due % ROUND), index_);
    link.say(1, text);
    meter.sent_cursor(link.others);
  }

 private:
  static constexpr uint64_t ROUND = 100000000;
  Place place_;
  int index_;
  std::string client_, ticket_, epoch_, text_, next_;
  long board_seq_ = -1, workshop_seq_ = -1, n_ = 0, acked_ = 0;
  uint64_t asked_ = 0, waiting_ = 0;

  void ask(Link& link, uint64_t due) {
    asked_ = due;
    next_ = marker('E', due, index_);
    char text[400];
    if (only_moves) return move(link);
    snprintf(text, sizeof text,
             "{\"type\":\"op\",\"client\":\"%s\",\"n\":%ld,\"stream\":\"%s\",\"base\":%ld,\"op\":{\"type\":\"edit_text\","
             "\"id\":\"%s\",\"field\":\"text\",\"splices\":[[0,\"%s\",\"%s\"]]}}",
             client_.c_str(), ++n_, place_.board.c_str(), board_seq_, place_.note.c_str(), text_.c_str(), next_.c_str());
    link.say(1, text);
    meter.sent_edit(link.others);
  }

  void hear_answer(Link& link, const char* data, size_t size, uint64_t now, bool yes) {
    if (!asked_) return;
    if (yes) {
      meter.seen(meter.acks, asked_, now);
      text_ = next_;
      const char* seq = (const char*)memmem(data, size, "\"seq\":", 6);
      if (seq) acked_ = atol(seq + 6);
    } else if (meter.refused++ == 0) {
      fprintf(stderr, "refused: %.*s\n", int(std::min<size_t>(size, 300)), data);
    }
    asked_ = 0;
    // Its entry comes right after the ack: only with that is the base of the next edit known.
    awaits_entry_ = yes;
    if (!yes) go_on(link);
  }

  void hear_changes(Link& link, const char* data, size_t size, uint64_t now) {
    if (link.hostile) return;
    const char* stream = data + sizeof "{\"type\":\"changes\",\"stream\":\"" - 1;
    if (size < 80 || strncmp(stream, place_.board.c_str(), place_.board.size())) return;
    const char* to = (const char*)memmem(stream, std::min<size_t>(size - 28, 120), "\"to\":", 5);
    if (to) board_seq_ = atol(to + 5);
    find_markers(data, size, [&](char, uint64_t sent, int who, const char* at) {
      // Of a splice's two texts the second is what was put in; the first one is the marker before.
      if (at - data > 3 && at[-3] == '"' && at[-2] == ',' && who != (index_ & 0xfff)) meter.seen(meter.edits, sent, now);
    });
    if (awaits_entry_) go_on(link);
  }

  void go_on(Link& link) {
    awaits_entry_ = false;
    if (waiting_) {
      uint64_t due = waiting_;
      waiting_ = 0;
      ask(link, due);
    }
  }

  void hear_presence(const char* data, size_t size, uint64_t now) {
    if (!meter.cursors_on) return;
    static const char key[] = "\"cursor\":[";
    const char *at = data, *end = data + size;
    while ((at = (const char*)memmem(at, end - at, key, sizeof key - 1))) {
      at += sizeof key - 1;
      uint64_t x = 0;
      while (*at >= '0' && *at <= '9') x = x * 10 + (*at++ - '0');
      if (*at++ != ',') continue;
      uint64_t ago = (now % ROUND + ROUND - x) % ROUND;
      if (atoi(at) != index_) meter.seen(meter.cursors, now - ago, now);
    }
  }

  bool awaits_entry_ = false;

  std::string cookie() const { return "Cookie: codesign_session=" + place_.cookie + "\r\n"; }
  void fetch(Link& link, const std::string& stream) {
    link.request("GET /streams/" + stream, cookie() + "Accept-Encoding: gzip\r\n");
  }
  void read_tag(const std::string& tag, long& seq) {
    size_t dot = tag.rfind('.');
    if (dot == std::string::npos) return;
    epoch_ = tag.substr(1, dot - 1);
    seq = atol(tag.c_str() + dot + 1);
  }
  static std::string follow(const std::string& stream, long seq) {
    return "{\"stream\":\"" + stream + "\",\"seq\":" + std::to_string(seq) + "}";
  }
  static bool starts(const char* data, size_t size, const char* with) {
    size_t n = strlen(with);
    return size >= n && !memcmp(data, with, n);
  }
  static std::string between(const std::string& text, const char* from, const char* to) {
    size_t at = text.find(from);
    if (at == std::string::npos) return "?";
    at += strlen(from);
    return text.substr(at, text.find(to, at) - at);
  }
};
