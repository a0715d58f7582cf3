// What the server's processes use, as the kernel counts it.
#pragma once
#include <dirent.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

class Processes {
 public:
  explicit Processes(const std::string& list) {
    std::stringstream words(list);
    for (std::string pid; getline(words, pid, ',');) pids_.push_back(pid);
  }

  // Seconds of a core, over all threads; finer than the clock ticks of /proc/pid/stat.
  double cpu() const {
    double seconds = 0;
    for (auto& pid : pids_) {
      std::string folder = "/proc/" + pid + "/task";
      DIR* tasks = opendir(folder.c_str());
      if (!tasks) continue;
      while (dirent* task = readdir(tasks)) {
        if (task->d_name[0] == '.') continue;
        std::ifstream file(folder + "/" + task->d_name + "/schedstat");
        double ns = 0;
        file >> ns;
        seconds += ns / 1e9;
      }
      closedir(tasks);
    }
    return seconds;
  }

  double rss_mb() const {
    double mb = 0;
    for (auto& pid : pids_) {
      std::ifstream file("/proc/" + pid + "/status");
      for (std::string line; getline(file, line);)
        if (!line.rfind("VmRSS:", 0)) mb += atof(line.c_str() + 6) / 1024;
    }
    return mb;
  }

 private:
  std::vector<std::string> pids_;
};

// Over all cores since the machine started: seconds at work, seconds taken away by whoever runs this machine, seconds in all.
struct Machine {
  double busy = 0, stolen = 0, whole = 0;

  static Machine now() {
    std::ifstream file("/proc/stat");
    std::string cpu;
    double user, nice, system, idle, wait, irq, soft, steal;
    file >> cpu >> user >> nice >> system >> idle >> wait >> irq >> soft >> steal;
    Machine all;
    double tick = sysconf(_SC_CLK_TCK);
    all.busy = (user + nice + system + irq + soft) / tick;
    all.stolen = steal / tick;
    all.whole = all.busy + all.stolen + (idle + wait) / tick;
    return all;
  }
};
