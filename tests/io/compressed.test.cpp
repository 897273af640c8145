// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/compressed.hpp>

#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "support/gzip.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::gzipped;

namespace {

using sizes = std::vector<std::size_t>;

struct outcome {
    std::string text, problem;
};

/// Reads all, `piece` bytes at a time.
outcome read(const std::string& bytes, std::size_t block_size = 1 << 17, std::size_t piece = 1 << 16) {
    std::istringstream stream(bytes);
    cd::byte_source source(stream, block_size);
    outcome made;
    std::string buffer(piece, '\0');
    for (std::size_t got = piece; got == piece;) {
        got = source.read(buffer.data(), piece);
        made.text.append(buffer, 0, got);
    }
    CHECK(source.read(buffer.data(), piece) == 0);
    made.problem = source.problem();
    CHECK(source.bytes_taken() <= bytes.size());
    if (made.problem.empty()) CHECK(source.bytes_taken() == bytes.size());
    return made;
}

/// A text that does not pack to nothing.
std::string words(std::size_t n) {
    std::string text;
    unsigned state = 1;
    while (text.size() < n) {
        state = state * 1664525 + 1013904223;
        text += std::to_string(state >> 16) + (state % 7 == 0 ? "\n" : " the same again ");
    }
    return text;
}

}  // namespace

TEST_CASE("plain, gzip and several members, in blocks and pieces of any size") {
    const std::string text = words(20'000);
    const std::vector<std::string> forms{text, gzipped(text), gzipped(text.substr(0, 77)) + gzipped(text.substr(77)),
                                         gzipped("") + gzipped(text) + gzipped("")};
    for (const std::string& form : forms)
        for (const std::size_t block_size : sizes{2, 3, 10, 997, 1 << 17})
            for (const std::size_t piece : sizes{1, 13, 4096, 1 << 20}) {
                CAPTURE(block_size);
                CAPTURE(piece);
                const outcome made = read(form, block_size, piece);
                CHECK(made.text == text);
                CHECK(made.problem.empty());
            }
    CHECK(read("").text.empty());
    CHECK(read("").problem.empty());
    CHECK(read("a").text == "a");
    CHECK(read("\x1F").text == "\x1F");
    CHECK(read(gzipped("")).text.empty());
    const std::string large = words(3'000'000);
    CHECK(read(gzipped(large)).text == large);
}

TEST_CASE("members that end anywhere in a block") {
    const std::string text = words(100) + std::string(500, 'a');  // its end takes few bytes, and many reads
    const std::string packed = gzipped(text);
    for (const std::size_t piece : sizes{1, 8, 1000})
        for (std::size_t block_size = 2; block_size < packed.size() + 40; ++block_size) {
            CAPTURE(block_size);
            CAPTURE(piece);
            CHECK(read(packed + packed + packed, block_size, piece).text == text + text + text);
            const outcome padded = read(packed + std::string(5, '\0'), block_size, piece);
            CHECK(padded.text == text);
            CHECK(padded.problem == "bytes that are no gzip member");
        }
}

TEST_CASE("a header with a name, a comment, an extra field and its checksum") {
    // Of gzip(1): the name is in the header. Made with Python: gzip.GzipFile("name.txt", ...) and by hand.
    const std::string plain = gzipped("text");
    const std::string body = plain.substr(10);
    for (const std::size_t block_size : sizes{2, 3, 5, 1000}) {
        CHECK(read(plain.substr(0, 3) + "\x08" + plain.substr(4, 6) + "name.txt" + std::string(1, '\0') + body,
                   block_size)
                  .text == "text");
        CHECK(read(plain.substr(0, 3) + "\x14" + plain.substr(4, 6) + std::string("\x03\0abc", 5) + "said" +
                       std::string(1, '\0') + body,
                   block_size)
                  .text == "text");
    }
}

TEST_CASE("damage ends the bytes and is told") {
    const std::string text = words(5'000), packed = gzipped(text);
    for (std::size_t cut = 2; cut < packed.size(); ++cut) {
        CAPTURE(cut);
        const outcome made = read(packed.substr(0, cut), cut % 2 == 0 ? 100 : 1 << 17);
        CHECK(text.starts_with(made.text));
        CHECK(made.problem == "a gzip member is cut short");
    }
    const auto changed = [&](std::size_t at) {
        std::string bytes = packed;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
        return bytes;
    };
    const std::size_t n = packed.size();
    for (const std::size_t at : sizes{n - 8, n - 5, n - 4, n - 1}) {
        const outcome made = read(changed(at));
        CHECK(made.text == text);
        CHECK(made.problem == "a gzip member with a wrong checksum");
    }
    CHECK(read(changed(2)).problem == "a gzip member with a method other than deflate");
    for (std::size_t at = 10; at < n - 8; ++at) {
        CAPTURE(at);
        const outcome made = read(changed(at));
        CHECK((!made.problem.empty() || made.text == text));  // some bits say nothing
    }
    const outcome trailing = read(packed + "more");
    CHECK(trailing.text == text);
    CHECK(trailing.problem == "bytes that are no gzip member");
    // What went before the damage is all there.
    CHECK(read(packed + packed.substr(0, 20)).text.starts_with(text));
}

TEST_CASE("errors") {
    std::istringstream stream;
    CHECK(test_support::message_of([&] { return cd::byte_source(stream, 1).bytes_taken(); }) ==
          "compute_divide::byte_source: block_size >= 2, got 1");
    std::ifstream folder("/", std::ios::binary);
    cd::byte_source source(folder);
    char byte;
    CHECK(source.read(&byte, 1) == 0);
    CHECK(source.problem() == "the file cannot be read");
}
