// One connection: TCP, HTTP until it is upgraded, then WebSocket frames. What is said is the dialect's business.
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "meter.h"

class Link;

// One connection's side of a protocol.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual void connected(Link&) = 0;                                              // say the first HTTP
  virtual void answered(Link&, int, const std::string&, const std::string&) {}   // status, head, body
  virtual void upgraded(Link&) = 0;
  virtual void heard(Link&, int opcode, const char*, size_t, uint64_t now) = 0;
  virtual void edit(Link&, uint64_t due) = 0;
  virtual void cursor(Link&, uint64_t due) = 0;
  virtual void flood(Link&) {}           // one more op, whatever became of the others
  virtual void seed(Link&, int) {}       // so many notes at once
  virtual long seq() const { return 0; }    // how far it has heard
  virtual long acked() const { return 0; }  // the last of its own that it was told is kept
};

class Link {
 public:
  const int index;
  int others = 0;  // how many share the board with it
  bool ready = false, dead = false;
  bool reads = true;  // false: takes nothing from the socket any more
  bool hostile = false, counted = false;
  int receive_buffer = 0;
  uint64_t began = 0, ready_at = 0, bytes_in = 0;
  std::string why;
  std::unique_ptr<Dialect> dialect;

  Link(int index, int epoll, int port) : index(index), epoll_(epoll), port_(port) {}
  ~Link() { if (fd_ >= 0) close(fd_); }

  void open() {
    began = now_us();
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (receive_buffer) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, (sockaddr*)&to, sizeof to)) return fail("cannot connect");
    fcntl(fd_, F_SETFL, O_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = this;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd_, &event);
    dialect->connected(*this);
  }

  bool is_open() const { return fd_ >= 0; }
  size_t unsent() const { return out_.size() - out_at_; }

  void request(const std::string& line, const std::string& headers) {
    out_ += line + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\nOrigin: " + origin() + "\r\n" + headers + "\r\n";
    flush();
  }

  void upgrade(const std::string& path, const std::string& headers = "") {
    request("GET " + path, headers + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  }

  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

  void say(int opcode, const std::string& text) {
    if (fd_ < 0) return;
    size_t n = text.size();
    out_ += char(0x80 | opcode);
    if (n < 126) out_ += char(0x80 | n);
    else if (n < 65536) { out_ += char(0x80 | 126); out_ += char(n >> 8); out_ += char(n); }
    else { out_ += char(0x80 | 127); for (int i = 7; i >= 0; i--) out_ += char(n >> (8 * i)); }
    static const unsigned char mask[4] = {0x1d, 0x2e, 0x73, 0x91};
    out_.append((const char*)mask, 4);
    size_t start = out_.size();
    out_ += text;
    for (size_t i = 0; i < n; i++) out_[start + i] ^= mask[i & 3];
    flush();
  }

  void flush() {
    while (fd_ >= 0 && out_at_ < out_.size()) {
      ssize_t n = send(fd_, out_.data() + out_at_, out_.size() - out_at_, MSG_NOSIGNAL);
      if (n > 0) { out_at_ += n; continue; }
      if (errno == EAGAIN) break;
      return fail("send failed");
    }
    bool waits = out_at_ < out_.size();
    if (!waits) { out_.clear(); out_at_ = 0; }
    if (waits != writes_) { writes_ = waits; watch(); }
  }

  void read() {
    static char buffer[1 << 18];
    for (int round = 0; round < 4 && reads && fd_ >= 0; round++) {
      ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
      if (n < 0 && errno == EAGAIN) return;
      if (n <= 0) return fail(n ? "recv failed" : "closed by the server");
      uint64_t now = now_us();
      bytes_in += n;
      meter.bytes += n;
      in_.append(buffer, n);
      while (fd_ >= 0 && (is_socket_ ? take_frame(now) : take_answer())) {}
      if (in_at_ == in_.size()) { in_.clear(); in_at_ = 0; }
      else if (in_at_ > (1 << 20)) { in_.erase(0, in_at_); in_at_ = 0; }
      if (n < ssize_t(sizeof buffer)) return;
    }
  }

  void stop_reading() { reads = false; watch(); }

  // Takes at most so many bytes off the socket, unseen: a slow reader.
  void sip(size_t most) {
    static char buffer[1 << 16];
    if (fd_ >= 0 && recv(fd_, buffer, std::min(most, sizeof buffer), 0) == 0) fail("closed by the server");
  }

  void be_ready() {
    if (!ready) { ready = true; ready_at = now_us(); }
  }

  void fail(const std::string& reason) {
    if (!dead) { dead = true; why = reason; }
    hang_up();
  }

  void hang_up() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1, epoll_, port_;
  bool is_socket_ = false, writes_ = false;
  std::string in_, out_, parts_;
  size_t in_at_ = 0, out_at_ = 0;

  void watch() {
    epoll_event event{};
    event.events = (reads ? uint32_t(EPOLLIN) : 0) | (writes_ ? uint32_t(EPOLLOUT) : 0);
    event.data.ptr = this;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, fd_, &event);
  }

  bool take_answer() {
    size_t end = in_.find("\r\n\r\n", in_at_);
    if (end == std::string::npos) return false;
    std::string head = in_.substr(in_at_, end + 2 - in_at_);
    int status = atoi(head.c_str() + 9);
    if (status == 101) {
      in_at_ = end + 4;
      is_socket_ = true;
      dialect->upgraded(*this);
      return true;
    }
    size_t length = header(head, "content-length:").empty() ? 0 : stoul(header(head, "content-length:"));
    if (in_.size() < end + 4 + length) return false;
    std::string body = in_.substr(end + 4, length);
    in_at_ = end + 4 + length;
    dialect->answered(*this, status, head, body);
    return true;
  }

  bool take_frame(uint64_t now) {
    size_t left = in_.size() - in_at_;
    const unsigned char* h = (const unsigned char*)in_.data() + in_at_;
    if (left < 2) return false;
    size_t head = 2;
    uint64_t n = h[1] & 127;
    if (n == 126) { if (left < 4) return false; n = h[2] << 8 | h[3]; head = 4; }
    else if (n == 127) { if (left < 10) return false; n = 0; for (int i = 0; i < 8; i++) n = n << 8 | h[2 + i]; head = 10; }
    if (left < head + n) return false;
    in_at_ += head + n;
    hear(h[0], (const char*)h + head, n, now);
    return true;
  }

  void hear(unsigned first, const char* data, size_t size, uint64_t now) {
    int opcode = first & 15;
    if (opcode == 9) return say(10, std::string(data, size));
    if (opcode == 8) return fail("closed " + std::to_string(size >= 2 ? (data[0] & 255) << 8 | (data[1] & 255) : 0));
    if (opcode > 2) return;
    meter.frames++;
    if ((first & 0x80) && opcode) return dialect->heard(*this, opcode, data, size, now);
    parts_.append(data, size);
    if (!(first & 0x80)) return;
    std::string whole;
    whole.swap(parts_);
    dialect->heard(*this, 1, whole.data(), whole.size(), now);
  }

 public:
  static std::string header(const std::string& head, const char* name) {
    for (size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2))
      if (!strncasecmp(head.c_str() + at + 2, name, strlen(name))) {
        size_t from = head.find_first_not_of(' ', at + 2 + strlen(name));
        return head.substr(from, head.find("\r\n", from) - from);
      }
    return "";
  }
};
