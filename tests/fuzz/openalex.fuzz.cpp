// SPDX-License-Identifier: BSL-1.0
// Any bytes: works and problems, the same from memory and from a stream, whatever the size of a block. What is wrong
// with damaged JSON is told in words that may depend on what lies behind it.
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/text/normalise.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"

using namespace compute_divide;

namespace {

struct outcome {
    std::vector<openalex_work> works;
    std::vector<read_problem> problems;

    friend bool operator==(const outcome& a, const outcome& b) {
        const auto lines_of = [](const outcome& made) {
            std::vector<std::uint64_t> lines;
            for (const read_problem& each : made.problems) lines.push_back(each.line);
            return lines;
        };
        return a.works == b.works && lines_of(a) == lines_of(b);
    }
};

outcome read(auto& from, std::size_t block_size) {
    openalex_reader reader(
        from, {.on_error = error_handling::skip, .most_bytes = std::size_t{1} << 16, .block_size = block_size});
    outcome made;
    for (const openalex_work& work : reader) made.works.push_back(work);
    made.problems = reader.problems();
    require(reader.n_works() == made.works.size() && reader.n_problems() >= made.problems.size());
    return made;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string_view in_memory = text;
    const outcome made = read(in_memory, std::size_t{1} << 16);
    normalised_abstract normalised;
    for (const openalex_work& work : made.works) {
        require(work.id.starts_with('W'));
        require(!work.year || (*work.year >= 1 && *work.year <= 9999));
        require(!work.date || work.date->ok());
        const std::string abstract = work.abstract.text();
        require(work.abstract.known() || abstract.empty());
        require(normalised(work.abstract).size() <= 3 * abstract.size());
    }
    for (const read_problem& each : made.problems) require(!each.reason.empty() && each.line >= 1);
    std::istringstream stream(text);
    if (!text.starts_with('\x1F')) require(made == read(stream, 1 + size % 97));

    openalex_reader strict{std::string_view(text), openalex_options{.most_bytes = std::size_t{1} << 16}};
    try {
        for (const openalex_work& work : strict) require(work.id.starts_with('W'));
        require(made.problems.empty());
    } catch (const read_error& error) {
        require(!made.problems.empty() && error.problem().line == made.problems.front().line);
    }
    return 0;
}
