// tldraw sync: real pushes of a note's patch and of presence, which the server validates. bench/peers/tldraw.cjs writes
// the messages down, since only tldraw knows its schema; what changes is filled in here: %ID% %CLOCK% %X% %Y% %M%.
#pragma once
#include <fstream>
#include <map>
#include <set>

#include "link.h"

using Templates = std::map<std::string, std::string>;

inline Templates read_templates(const std::string& folder) {
  Templates found;
  for (const char* name : {"connect", "create", "edit", "presence", "cursor"}) {
    std::ifstream file(folder + "/" + name + ".json");
    getline(file, found[name]);
  }
  return found;
}

class Tldraw : public Dialect {
 public:
  Tldraw(const Templates& templates, std::string room, int index) : templates_(templates), room_(std::move(room)), index_(index) {}

  void connected(Link& link) override {
    link.upgrade("/?sessionId=s" + std::to_string(index_) + "&room=" + room_);
  }
  void upgraded(Link& link) override { link.say(1, filled("connect", 0)); }

  void heard(Link& link, int, const char* data, size_t size, uint64_t now) override {
    if (!link.ready && memmem(data, std::min<size_t>(size, 200), "\"type\":\"connect\"", 16)) link.be_ready();
    find_markers(data, size, [&](char kind, uint64_t sent, int who, const char*) {
      if (who != (index_ & 0xfff)) meter.seen(kind == 'E' ? meter.edits : meter.cursors, sent, now);
    });
    if (!asked_.empty()) hear_acks(data, size, now);
  }

  void edit(Link& link, uint64_t due) override {
    const char* what = made_ ? "edit" : "create";
    made_ = true;
    clock_++;
    asked_[clock_] = due;
    link.say(1, filled(what, due, 'E'));
    meter.sent_edit(link.others);
  }

  void cursor(Link& link, uint64_t due) override {
    const char* what = shown_ ? "cursor" : "presence";
    shown_ = true;
    clock_++;
    link.say(1, filled(what, due, 'C'));
    meter.sent_cursor(link.others);
  }

  void seed(Link& link, int notes) override {
    const std::string& create = templates_.at("create");
    size_t from = create.find("\"shape:"), to = create.rfind("}}");
    for (int at = 0; at < notes; at += 100) {
      std::string diff;
      for (int i = at; i < std::min(notes, at + 100); i++) diff += (diff.empty() ? "" : ",") + filled_text(create.substr(from, to - from), 0, 'E', 100000 + i);
      clock_++;
      link.say(1, filled_text(create.substr(0, from), 0, 'E', index_) + diff + "}}");
    }
  }

 private:
  const Templates& templates_;
  std::string room_;
  int index_;
  long clock_ = 0;
  bool made_ = false, shown_ = false;
  std::map<long, uint64_t> asked_;

  // push_result comes after tldraw's own commit.
  void hear_acks(const char* data, size_t size, uint64_t now) {
    static const char key[] = "\"clientClock\":";
    const char *at = data, *end = data + size;
    while ((at = (const char*)memmem(at, end - at, key, sizeof key - 1))) {
      at += sizeof key - 1;
      auto found = asked_.find(atol(at));
      if (found == asked_.end()) continue;
      meter.seen(meter.acks, found->second, now);
      asked_.erase(found);
    }
  }

  std::string filled(const char* name, uint64_t due, char kind = 'E') const {
    return filled_text(templates_.at(name), due, kind, index_);
  }

  std::string filled_text(const std::string& text, uint64_t due, char kind, int id) const {
    std::string out;
    for (size_t at = 0;;) {
      size_t from = text.find('%', at), to = from == std::string::npos ? from : text.find('%', from + 1);
      out.append(text, at, from == std::string::npos ? from : from - at);
      if (to == std::string::npos) return out;
      std::string key = text.substr(from + 1, to - from - 1);
      if (key == "ID") out += std::to_string(id);
      else if (key == "CLOCK") out += std::to_string(clock_);
      else if (key == "M") out += marker(kind, due, index_);
      else out += std::to_string(int(drand48() * 5000)) + ".5";
      at = to + 1;
    }
  }
};
