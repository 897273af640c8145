// SPDX-License-Identifier: BSL-1.0
// Grows works of OpenAlex into a folder like a snapshot's, of any size, to measure at scale: lines drawn from a sample,
// each with a new id, and with a year and institutions drawn from all of the sample's. The same seed makes the same
// text.
//   make_works SAMPLE FOLDER BYTES [plain|gzip] [SEED]
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <future>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <isa-l/igzip_lib.h>
#include <simdjson.h>

#include <compute_divide/io/compressed.hpp>

namespace {

constexpr double mean_part = 64e6;  // bytes of text
constexpr std::size_t parts_a_day = 8;

/// A line of the sample, cut where something is drawn.
struct work_line {
    enum class slot { id, year, date, institution, end };
    struct piece {
        std::string_view text;
        slot next;
    };
    std::vector<piece> pieces;
    std::string_view date;
};

struct works_sample {
    std::string text;  // that all others look at
    std::vector<work_line> lines;
    std::vector<std::string_view> years, institutions;
};

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + " cannot be read");
    compute_divide::byte_source source(file);
    std::string text;
    for (std::size_t got = 1; got > 0;) {
        const std::size_t before = text.size();
        text.resize(before + (std::size_t{1} << 20));
        got = source.read(text.data() + before, text.size() - before);
        text.resize(before + got);
    }
    if (!source.problem().empty()) throw std::runtime_error(path + ": " + source.problem());
    return text;
}

work_line cut(std::string_view json, std::size_t room, simdjson::ondemand::parser& parser, works_sample& sample) {
    using slot = work_line::slot;
    work_line line;
    const char* done = json.data();
    const auto found = [&](slot next, std::string_view value) {
        line.pieces.push_back({{done, value.data()}, next});
        done = value.data() + value.size();
    };
    const auto token = [](simdjson::ondemand::value value) {
        const std::string_view text = value.raw_json_token();
        return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    };
    auto document = parser.iterate(json.data(), json.size(), room);
    for (auto field : document.get_object()) {
        const auto key = field.key().value();
        if (key == "id") {
            found(slot::id, token(field.value()));
        } else if (key == "publication_year") {
            sample.years.push_back(token(field.value()));
            found(slot::year, sample.years.back());
        } else if (key == "publication_date") {
            const std::string_view date = token(field.value());
            if (date.size() == std::string_view("\"2024-01-01\"").size()) found(slot::date, line.date = date);
        } else if (key == "authorships") {
            for (auto author : field.value().get_array())
                for (auto part : author.get_object())
                    if (part.key().value() == "institutions")
                        for (auto institution : part.value().get_array()) {
                            std::string_view object = institution.get_object().value().raw_json();
                            object = object.substr(0, object.rfind('}') + 1);
                            sample.institutions.push_back(object);
                            found(slot::institution, object);
                        }
        }
    }
    line.pieces.push_back({{done, json.data() + json.size()}, slot::end});
    return line;
}

works_sample read_sample(const std::string& path) {
    works_sample sample;
    sample.text = read(path);
    const std::size_t size = sample.text.size();
    sample.text.append(simdjson::SIMDJSON_PADDING, ' ');
    simdjson::ondemand::parser parser;
    for (std::size_t begin = 0; begin < size;) {
        const std::size_t end = std::min(sample.text.find('\n', begin), size);
        const auto line = std::string_view(sample.text).substr(begin, end - begin);
        if (!line.empty()) sample.lines.push_back(cut(line, sample.text.size() - begin, parser, sample));
        begin = end + 1;
    }
    if (sample.lines.empty() || sample.years.empty() || sample.institutions.empty())
        throw std::runtime_error(path + " has no works with years and institutions");
    return sample;
}

/// Ids lie as scattered as those of a partition do, each of 7.5e9 once.
std::uint64_t id_of(std::uint64_t number) {
    return number * 2'654'435'761 % 7'500'000'000;
}

/// Works until there are `bytes` of them.
std::string make_part(const works_sample& sample, std::size_t bytes, std::uint64_t first_id, std::mt19937_64& random) {
    using slot = work_line::slot;
    const auto any_of = [&](const auto& list) -> const auto& {
        return list[random() % list.size()];
    };
    std::string text;
    text.reserve(bytes + (std::size_t{1} << 21));
    while (text.size() < bytes) {
        const work_line& line = any_of(sample.lines);
        const std::string_view year = any_of(sample.years);
        for (const work_line::piece& piece : line.pieces) {
            text += piece.text;
            if (piece.next == slot::id) {
                text.append("\"https://openalex.org/W").append(std::to_string(id_of(first_id++))).append("\"");
            } else if (piece.next == slot::year) {
                text += year;
            } else if (piece.next == slot::date) {
                const std::string_view day = line.date.substr(line.date.size() - 7);
                text.append("\"").append(year).append(day == "-02-29\"" ? "-02-28\"" : day);
            } else if (piece.next == slot::institution) {
                text += any_of(sample.institutions);
            }
        }
        text += '\n';
    }
    return text;
}

std::string packed(std::string& text) {
    std::vector<std::uint8_t> memory(ISAL_DEF_LVL3_DEFAULT);
    std::string bytes(text.size() + (std::size_t{1} << 16), '\0');
    isal_zstream stream;
    isal_deflate_init(&stream);
    stream.gzip_flag = IGZIP_GZIP;
    stream.level = 3;
    stream.level_buf = memory.data();
    stream.level_buf_size = static_cast<std::uint32_t>(memory.size());
    stream.end_of_stream = 1;
    stream.next_in = reinterpret_cast<std::uint8_t*>(text.data());
    stream.avail_in = static_cast<std::uint32_t>(text.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(bytes.data());
    stream.avail_out = static_cast<std::uint32_t>(bytes.size());
    if (isal_deflate(&stream) != COMP_OK || stream.avail_in > 0) throw std::runtime_error("a part cannot be packed");
    bytes.resize(stream.total_out);
    return bytes;
}

void make(const std::string& from, const std::filesystem::path& folder, double bytes, bool gzip, std::uint64_t seed) {
    const works_sample sample = read_sample(from);
    // Parts differ in size, as those of a snapshot do.
    std::mt19937_64 random(seed);
    std::vector<double> sizes;
    for (double left = bytes; left > 0; left -= sizes.back())
        sizes.push_back(std::min(left, mean_part * (0.25 + 1.5 * static_cast<double>(random() >> 11) * 0x1p-53)));
    const auto write = [&](std::size_t part) {
        std::mt19937_64 drawn(seed + 0x9E3779B97F4A7C15 * (part + 1));
        std::string text = make_part(sample, static_cast<std::size_t>(sizes[part]), 1 + part * 1'000'000, drawn);
        char name[64];
        std::snprintf(name, sizeof name, "updated_date=2024-%02zu-%02zu/part_%03zu.%s",
                      1 + part / parts_a_day / 28 % 12, 1 + part / parts_a_day % 28, part % parts_a_day,
                      gzip ? "gz" : "jsonl");
        std::filesystem::create_directories((folder / name).parent_path());
        std::ofstream file(folder / name, std::ios::binary);
        if (!(file << (gzip ? packed(text) : text)).flush()) throw std::runtime_error("a part cannot be written");
    };
    const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::future<void>> writers;
    for (std::size_t t = 0; t < threads; ++t)
        writers.push_back(std::async(std::launch::async, [&, t] {
            for (std::size_t part = t; part < sizes.size(); part += threads) write(part);
        }));
    for (auto& writer : writers) writer.get();
}

}  // namespace

int main(int count, char** arguments) {
    try {
        double bytes = 0;
        const std::string_view size = count > 3 ? arguments[3] : "";
        const std::string_view form = count > 4 ? arguments[4] : "gzip";
        const auto read = std::from_chars(size.data(), size.data() + size.size(), bytes);
        if (count < 4 || count > 6 || read.ec != std::errc{} || !(bytes > 0) || (form != "plain" && form != "gzip"))
            throw std::runtime_error("make_works SAMPLE FOLDER BYTES [plain|gzip] [SEED]");
        make(arguments[1], arguments[2], bytes, form == "gzip",
             count > 5 ? std::strtoull(arguments[5], nullptr, 10) : 1);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
}
