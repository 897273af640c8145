// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/atomic_write.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <system_error>

#include <doctest/doctest.h>

#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace cd = compute_divide;
namespace fs = std::filesystem;
using test_support::message_of, test_support::temporary_folder;

namespace {

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file has its old content until it is committed, and all of the new then") {
    const temporary_folder here;
    const fs::path path = here.path / "shares.csv";
    cd::atomic_write(path, "old");
    {
        cd::atomic_file file(path);
        file.write("new, ");
        file.write("and longer");
        CHECK(content(path) == "old");
        file.commit();
        CHECK(content(path) == "new, and longer");
    }
    {
        cd::atomic_file given_up(path);
        given_up.write("half");
    }
    CHECK(content(path) == "new, and longer");
    CHECK(here.files() == std::set<std::string>{"shares.csv"});
}

TEST_CASE("a symbolic link stays one, and what it points to keeps its mode") {
    const temporary_folder here;
    fs::create_directory(here.path / "data");
    const fs::path target = here.path / "data" / "shares.csv", link = here.path / "latest.csv";
    cd::atomic_write(target, "old");
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    fs::create_symlink("data/shares.csv", link);
    cd::atomic_write(link, "new");
    CHECK(fs::is_symlink(link));
    CHECK(content(target) == "new");
    CHECK(fs::status(target).permissions() == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
    CHECK(here.files() == std::set<std::string>{"data", "latest.csv"});
}

TEST_CASE("errors name the writer and the file, and leave nothing") {
    const temporary_folder here;
    const std::string folder_name = here.path, none = here.path / "none" / "x.csv";
    CHECK(message_of<std::system_error>([&] { cd::atomic_write(folder_name, "x"); }) ==
          "compute_divide::atomic_write: " + folder_name + ": Is a directory");
    CHECK(message_of<std::system_error>([&] { cd::atomic_write(none, "x", "save_shares"); }) ==
          "compute_divide::save_shares: " + none + ": No such file or directory");
    CHECK(message_of<std::system_error>([&] { cd::atomic_file("/dev/null"); }) ==
          "compute_divide::atomic_file: /dev/null: Invalid argument");
    CHECK(here.files().empty());
}
