// What the generator is told: `--name value`, and the people of the product's workshop, one a line.
#pragma once
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "codesign.h"

class Options {
 public:
  Options(int count, char** words) {
    for (int i = 1; i + 1 < count; i += 2) given_[words[i] + 2] = words[i + 1];
  }
  std::string text(const char* name, const char* otherwise = "") const {
    auto at = given_.find(name);
    return at == given_.end() ? otherwise : at->second;
  }
  double number(const char* name, double otherwise = 0) const {
    auto at = given_.find(name);
    return at == given_.end() ? otherwise : stod(at->second);
  }

 private:
  std::map<std::string, std::string> given_;
};

inline std::vector<Place> read_places(const std::string& file) {
  std::vector<Place> places;
  std::ifstream lines(file);
  for (std::string line; getline(lines, line);) {
    std::stringstream words(line);
    Place place;
    words >> place.cookie >> place.board >> place.workshop >> place.note;
    places.push_back(place);
  }
  return places;
}
