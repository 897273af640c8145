// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/file_identity.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <system_error>

#include <doctest/doctest.h>

#include <compute_divide/state.hpp>

#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace cd = compute_divide;

namespace {

cd::file_identity identity_of(std::string_view bytes, std::size_t block) {
    cd::identity_sum sum;
    for (; bytes.size() > block; bytes.remove_prefix(block)) sum.add(bytes.substr(0, block));
    sum.add(bytes);
    return sum.result();
}

// Bit by bit, lowest first.
std::uint64_t check_of(std::string_view bytes, std::uint64_t reflected_polynomial) {
    std::uint64_t check = ~std::uint64_t{0};
    for (const char c : bytes) {
        check ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) check = check >> 1 ^ ((check & 1) != 0 ? reflected_polynomial : 0);
    }
    return ~check;
}

}  // namespace

TEST_CASE("both checks, bit by bit; that of 123456789 is in catalogues as CRC-64/XZ") {
    const std::string_view text = "123456789";
    const cd::file_identity found = identity_of(text, 9);
    CHECK(found.size == 9);
    CHECK(found.checksums[0] == 0x995DC9BBDF1939FAu);
    CHECK(found.checksums[0] == check_of(text, 0xC96C5795D7870F42u));
    CHECK(found.checksums[1] == check_of(text, 0x95AC9329AC4BC9B5u));
    CHECK(identity_of("", 1) == cd::file_identity{});
}

TEST_CASE("however the bytes are cut, and different for every change") {
    std::string text(3000, 'a');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * 7 % 26);
    const cd::file_identity whole = identity_of(text, text.size());
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{1024}})
        CHECK(identity_of(text, block) == whole);
    std::set<cd::file_identity> seen{whole};
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = '#';
        CHECK(seen.insert(identity_of(changed, 500)).second);
    }
    CHECK(seen.insert(identity_of(text + '\0', 500)).second);
    CHECK(seen.insert(identity_of('\0' + text, 500)).second);
    CHECK(identity_of(std::string(5, '\0'), 9) != identity_of(std::string(6, '\0'), 9));
}

TEST_CASE("files: by any path, and by their names in errors") {
    namespace fs = std::filesystem;
    const test_support::temporary_folder here;
    const fs::path& folder = here.path;
    const std::string text(3'000'000, 'x');
    std::ofstream(folder / "part.gz") << text;
    fs::copy_file(folder / "part.gz", folder / "copy.gz");
    fs::create_symlink("part.gz", folder / "link.gz");
    for (const char* name : {"part.gz", "copy.gz", "link.gz"})
        CHECK(cd::identity_of_file(folder / name) == identity_of(text, text.size()));
    const std::string none = folder / "none.gz";
    CHECK(test_support::message_of<std::system_error>([&] { return cd::identity_of_file(none); }) ==
          "compute_divide::identity_of_file: " + none + ": No such file or directory");
    CHECK_THROWS_AS((void)cd::identity_of_file(folder), std::system_error);
}

TEST_CASE("it travels in states") {
    static_assert(cd::saveable<cd::file_identity>);
}
