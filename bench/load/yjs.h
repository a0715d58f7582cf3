// y-websocket and Hocuspocus: real updates of a shared map and real awareness, in the binary protocol of y-protocols.
#pragma once
#include "link.h"

class Yjs : public Dialect {
 public:
  // Hocuspocus puts the document's name before each message, and asks who is there.
  Yjs(bool hocuspocus, std::string document, int index)
      : hocuspocus_(hocuspocus), document_(std::move(document)), index_(index), client_(1000000 + uint64_t(index) * 7919) {}

  void connected(Link& link) override { link.upgrade(hocuspocus_ ? "/" : "/" + document_); }

  void upgraded(Link& link) override {
    if (hocuspocus_) link.say(2, head() + number(2) + number(0) + text("token") + text("4.7.0"));
    link.say(2, head() + number(0) + number(0) + text(std::string(1, '\0')));
  }

  void heard(Link& link, int, const char* data, size_t size, uint64_t now) override {
    find_markers(data, size, [&](char kind, uint64_t sent, int who, const char*) {
      if (who != (index_ & 0xfff)) meter.seen(kind == 'E' ? meter.edits : meter.cursors, sent, now);
    });
    if (link.ready) return;
    const char *at = data, *end = data + size;
    if (hocuspocus_) at += take(at, end);
    uint64_t type = take(at, end);
    if (type != 0 && type != 4) return;
    uint64_t step = take(at, end);
    if (step == 0) link.say(2, head() + number(0) + number(1) + text(std::string("\0\0", 2)));
    if (step == 1) link.be_ready();
  }

  // One item of the map `notes`, whole: place, marker and words; the one before is deleted.
  void edit(Link& link, uint64_t due) override {
    bool first = clock_ == 0;
    std::string update = number(1) + number(1) + number(client_) + number(clock_);
    update += char(8 | 0x20 | (first ? 0 : 0x80));
    if (first) update += number(1) + text("notes") + text("n" + std::to_string(index_));
    else update += number(client_) + number(clock_ - 1);
    update += number(1) + any_object({{"x", integer(int(drand48() * 5000))}, {"y", integer(int(drand48() * 5000))},
                                      {"m", words(marker('E', due, index_))}, {"text", words(WORDS)}});
    update += first ? number(0) : number(1) + number(client_) + number(1) + number(clock_ - 1) + number(1);
    clock_++;
    link.say(2, head() + number(0) + number(2) + text(update));
    meter.sent_edit(link.others);
  }

  void cursor(Link& link, uint64_t due) override {
    char state[200];
    snprintf(state, sizeof state, "{\"user\":{\"name\":\"Person %d\",\"color\":\"#ff8800\"},\"cursor\":{\"x\":%d,\"y\":%d},\"m\":\"%s\"}",
             index_, int(drand48() * 5000), int(drand48() * 5000), marker('C', due, index_).c_str());
    std::string awareness = number(1) + number(client_) + number(++awareness_clock_) + text(state);
    link.say(2, head() + number(1) + text(awareness));
    meter.sent_cursor(link.others);
  }

  // By one client in one go, which is the best case of a Yjs document: one with a history is larger.
  void seed(Link& link, int notes) override {
    std::string update = number(1) + number(notes) + number(77) + number(0);
    for (int i = 0; i < notes; i++)
      update += char(8 | 0x20) + number(1) + text("notes") + text("s" + std::to_string(i)) + number(1) +
                any_object({{"x", integer(i % 100 * 240)}, {"y", integer(i / 100 * 240)}, {"m", words("@E000000000000000@")}, {"text", words(WORDS)}});
    link.say(2, head() + number(0) + number(2) + text(update + number(0)));
  }

 private:
  static constexpr const char* WORDS = "An idea from the workshop, about sixty characters long, so.";
  bool hocuspocus_;
  std::string document_;
  int index_;
  uint64_t client_, clock_ = 0, awareness_clock_ = 0;

  std::string head() const { return hocuspocus_ ? text(document_) : ""; }

  static std::string number(uint64_t v) {
    std::string out;
    for (; v > 127; v >>= 7) out += char(0x80 | (v & 127));
    return out + char(v);
  }
  static std::string text(const std::string& s) { return number(s.size()) + s; }
  static std::string words(const std::string& s) { return char(119) + text(s); }
  static std::string integer(int v) {
    std::string out(1, char(125));
    out += char((v > 63 ? 0x80 : 0) | (v & 63));
    for (v >>= 6; v; v >>= 7) out += char((v > 127 ? 0x80 : 0) | (v & 127));
    return out;
  }
  static std::string any_object(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out = char(118) + number(fields.size());
    for (auto& [key, value] : fields) out += text(key) + value;
    return out;
  }
  static uint64_t take(const char*& at, const char* end) {
    uint64_t v = 0;
    for (int shift = 0; at < end; shift += 7) {
      unsigned char byte = *at++;
      v |= uint64_t(byte & 127) << shift;
      if (byte < 128) break;
    }
    return v;
  }
};
