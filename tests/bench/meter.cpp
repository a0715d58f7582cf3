// Asked by test_meter.py: what the generator makes of times and of the markers in a frame.
#include "../../bench/load/meter.h"

int main() {
  Histogram times;
  printf("%.3f\n", times.quantile(.5));
  for (int us = 1; us <= 100000; us++) times.add(us);
  printf("%.3f %.3f %.3f\n", times.quantile(.5), times.quantile(.95), times.quantile(.99));
  std::string frame = "[[0,\"" + marker('E', 7, 1) + "\",\"" + marker('E', 123456789, 4095) + "\"]] @E00 @x " + marker('C', 5, 2) + "@E0";
  find_markers(frame.data(), frame.size(), [](char kind, uint64_t sent, int who, const char* at) {
    printf("%c %llu %d %c\n", kind, (unsigned long long)sent, who, at[-2]);
  });
}
