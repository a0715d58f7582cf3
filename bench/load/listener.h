// Somebody who only listens, whatever is told.
#pragma once
#include "link.h"

class Listener : public Dialect {
 public:
  void connected(Link& link) override { link.upgrade("/"); }
  void upgraded(Link& link) override { link.be_ready(); }
  void heard(Link&, int, const char*, size_t, uint64_t) override {}
  void edit(Link&, uint64_t) override {}
  void cursor(Link&, uint64_t) override {}
};
