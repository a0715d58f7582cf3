// The load: many people on one machine, in one thread. Built by bench/generator.py; prints a line of JSON.
#include <signal.h>

#include "trouble.h"

namespace {

// Nobody does anything: what a connection takes, and how much the server is at work all the same.
void hold(double seconds, const Processes& server, double rss_before) {
  pump_for(3);
  double cpu = server.cpu();
  pump_for(seconds);
  double rss = server.rss_mb();
  printf("\"kb_per_connection\":%.1f,\"cpu\":%.4f,\"rss_mb\":%.1f,", (rss - rss_before) * 1024 / links.size(),
         (server.cpu() - cpu) / seconds, rss);
}

// One after the other comes in and goes again: from connecting to the last byte of the board. One stays, as somebody
// does in a workshop: a server may forget a board that nobody has open.
void join(int times, int seeds) {
  if (seeds) links[0]->dialect->seed(*links[0], seeds), pump_for(3 + seeds / 5000);
  vector<double> ms, bytes;
  for (int i = 1; i <= times; i++) {
    Link& link = *links[i];
    link.open();
    for (uint64_t end = now_us() + 15000000; !link.ready && !link.dead && now_us() < end;) pump(end);
    if (link.ready) {
      ms.push_back((link.ready_at - link.began) / 1000.0);
      bytes.push_back(link.bytes_in);
    }
    link.hang_up();
    pump_for(0.1);
  }

  if (ms.empty()) return;
  double first = ms[0];
  std::sort(ms.begin(), ms.end());
  std::sort(bytes.begin(), bytes.end());
  printf("\"first_ms\":%.2f,\"join_ms\":%.2f,\"bytes\":%.0f,", first, ms[ms.size() / 2], bytes[bytes.size() / 2]);
}

void finish(double joined) {
  string why;
  size_t lost = 0;
  for (auto& link : links) {
    if (!link->dead || link->hostile) continue;
    lost++;
    if (why.empty()) why = link->why;
  }
  for (auto& c : why) if (c == '"' || c == '\\' || c < ' ') c = '\'';
  printf("\"people\":%zu,\"ready\":%zu,\"lost\":%zu,\"why\":\"%s\",\"join_s\":%.2f}\n", links.size(),
         count_if([](Link& l) { return l.ready; }), lost, why.c_str(), joined);
  fflush(stdout);
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
  Trouble trouble(options, port);

  double rss_before = server.rss_mb();
  uint64_t began = now_us();
  size_t wanted = options.number("join") ? 1 : links.size();
  let_in(wanted, size_t(options.number("at-once", 32)), options.number("patience", 40));
  double joined = (now_us() - began) / 1e6;
  if (options.number("restart")) {
    restart(options, port);
    fflush(stdout);
    _exit(0);
  }
  printf("{");
  if (options.number("join")) join(int(options.number("join")), int(options.number("seeds")));
  else if (options.number("hold")) hold(options.number("hold"), server, rss_before);
  else {
    trouble.begin();
    size_t writers = std::min(trouble.healthy, size_t(options.number("writers", 1e9)));
    measure(options, server, writers, [&](uint64_t now) { return trouble.turn(now); });
    printf("\"thrown_out\":%zu,", trouble.thrown_out());
  }
  finish(joined);
  _exit(0);
}
