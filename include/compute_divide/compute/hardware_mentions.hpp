// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_HARDWARE_MENTIONS_HPP
#define COMPUTE_DIVIDE_COMPUTE_HARDWARE_MENTIONS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/hardware_sentence.hpp>
#include <compute_divide/detail/hardware_tokens.hpp>
#include <compute_divide/detail/hardware_words.hpp>
#include <compute_divide/names.hpp>
#include <compute_divide/text/fold.hpp>
#include <compute_divide/text/term_set.hpp>

/// The hardware that a text says it used: "trained on 64 nodes with 8 A100s each for about two weeks".
namespace compute_divide {

enum class number_format { fp64, fp32, tf32, fp16_tensor, fp16, int8, fp8, fp4 };
[[nodiscard]] constexpr auto enumerators(number_format) {
    using enum number_format;
    using entry = named<number_format>;
    return std::array{entry{fp64, "fp64"}, entry{fp32, "fp32"}, entry{tf32, "tf32"}, entry{fp16_tensor, "fp16_tensor"},
                      entry{fp16, "fp16"}, entry{int8, "int8"}, entry{fp8, "fp8"},   entry{fp4, "fp4"}};
}

/// What hardware was used for, by the words around it.
enum class hardware_use {
    unknown,
    training,  ///< "trained", "fine-tuning", or "experiments" that are not said to be evaluations
    inference  ///< "inference", "evaluated"
};

[[nodiscard]] constexpr auto enumerators(hardware_use) {
    using enum hardware_use;
    using entry = named<hardware_use>;
    return std::array{entry{unknown, "unknown"}, entry{training, "training"}, entry{inference, "inference"}};
}

/// Bytes [begin, end) of the text; none where begin = end.
struct text_span {
    std::size_t begin = 0, end = 0;
    friend bool operator==(const text_span&, const text_span&) = default;
};

/// One use of hardware that a text states. What it does not state is empty.
struct hardware_mention {
    std::string_view chip;             ///< its name in the catalogue; empty for "8 GPUs"
    std::optional<double> count;       ///< chips, of TPUs too
    std::optional<double> hours;       ///< by the clock
    std::optional<double> chip_hours;  ///< "20,480 GPU hours"
    std::optional<double> utilization;
    std::optional<number_format> format;
    hardware_use use = hardware_use::unknown;
    text_span span;  ///< all that follow
    text_span chip_span, count_span, time_span, utilization_span, format_span;
};

namespace detail {

struct built_in_chip {
    std::string_view name, alias;
    double cores = 1;
};
inline constexpr built_in_chip built_in_chips[] = {
    {"NVIDIA A100", "a100"},  {"NVIDIA V100", "v100"},   {"NVIDIA V100", "volta 100"}, {"NVIDIA H100", "h100"}, {"NVIDIA H800", "h800"},
    {"NVIDIA A800", "a800"},  {"NVIDIA P100", "p100"},   {"NVIDIA T4", "t4"},     {"NVIDIA K80", "k80"},
    {"NVIDIA K40", "k40"},    {"NVIDIA K40", "k40c"},    {"NVIDIA A40", "a40"},   {"NVIDIA A6000", "a6000"},
    {"NVIDIA A6000", "rtx a6000"}, {"NVIDIA GeForce RTX 3090", "rtx 3090"}, {"NVIDIA GeForce RTX 2080 Ti", "rtx 2080 ti"},
    {"NVIDIA GeForce RTX 2080 Ti", "rtx 2080ti"},{"NVIDIA GeForce RTX 2080 Ti", "2080ti"},
    {"NVIDIA GeForce GTX 1080 Ti", "gtx 1080 ti"}, {"NVIDIA GeForce GTX 1080 Ti", "gtx 1080ti"}, {"NVIDIA GeForce GTX 1080 Ti", "gtx1080ti"},{"NVIDIA GeForce GTX 1080 Ti", "1080ti"},{"NVIDIA GeForce GTX 1080 Ti", "1080 ti"},
    {"NVIDIA GeForce GTX 1080", "gtx 1080"}, {"NVIDIA Titan RTX", "titan rtx"}, {"NVIDIA GeForce GTX TITAN X", "titan x"},{"NVIDIA GeForce GTX TITAN X", "gtx titan x"},
    {"Google TPU v2", "tpu v2", 2}, {"Google TPU v3", "tpu v3", 2}, {"Google TPU v4", "tpu v4", 2}, {"Google TPU v4", "tpuv4", 2},{"Google TPU v3", "tpuv3", 2},
    {"Google TPU v5e", "tpu v5e"}, {"Google TPU v5e", "tpuv5e"}, {"Google TPU v5p", "tpu v5p", 2},{"Google TPU v5p", "tpuv5p", 2},
    {"AMD MI250X", "mi250x"}, {"NVIDIA Quadro RTX 6000", "quadro rtx 6000"}, {"NVIDIA Quadro RTX 5000", "quadro rtx 5000"},
};

}  // namespace detail

/// Reads hardware mentions; built once, then const and thread-safe.
class hardware_reader {
public:
    hardware_reader() {
        for (const auto& each : detail::built_in_chips) add_chip(each.alias, each.name, each.cores);
        add_words();
        std::vector<term> anchors, all;
        std::vector<std::string> counted;  // "8xV100"
        counted.reserve(4096);
        for (std::uint32_t i = 0; i < words_.size(); ++i) {
            all.push_back({words_[i].text, i});
            const detail::word_kind kind = words_[i].kind;
            if (kind == detail::word_kind::chip || kind == detail::word_kind::device || kind == detail::word_kind::core ||
                kind == detail::word_kind::unit || kind == detail::word_kind::utilization)
                anchors.push_back({words_[i].text, i});
        }
        for (int n = 1; n <= 4096; ++n) anchors.push_back({counted.emplace_back(std::to_string(n) + "x*"), 0});
        anchors_ = term_set(anchors, {.hyphens = true});
        all_ = term_set(all, {.hyphens = true});
    }

    /// The mentions in a text, in the order in which they begin. Linear in its length.
    [[nodiscard]] std::vector<hardware_mention> operator()(std::string_view text) const {
        reading state{text, {}, {}, {}, {}, {}, {}, 0};
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = piece_end(text, at);
            state.offset = at;
            read_piece(text.substr(at, end - at), state);
            at = end;
        }
        std::ranges::stable_sort(state.mentions, {}, [](const hardware_mention& m) { return m.span.begin; });
        return std::move(state.mentions);
    }

private:
    using kind = detail::word_kind;
    static constexpr std::size_t longest_piece = 1 << 14;
    static constexpr std::size_t near = 500;  // bytes within which sentences may speak of the same hardware

    struct reading {
        std::string_view text;
        folded_text folded;
        std::string line;
        std::vector<term_hit> hits;
        std::vector<detail::hardware_token> tokens;
        std::vector<hardware_mention> mentions;
        std::vector<detail::hardware_phrase> unused;
        std::size_t offset;
    };

    void add_chip(std::string_view alias, std::string_view name, double cores) {
        const auto index = static_cast<double>(chips_.size());
        chips_.push_back({name, cores, alias.size() <= 5});
        words_.push_back({alias, kind::chip, index});
        plurals_.push_back(std::string(alias) + "s");
        plural_values_.push_back(index);
        plural_kinds_.push_back(kind::chip);
    }

    void add_words() {
        for (const detail::hardware_word& word : detail::hardware_words) {
            words_.push_back(word);
            if (word.text.size() > 1 && (word.kind == kind::device || word.kind == kind::core ||
                                         word.kind == kind::group || word.kind == kind::machine || word.kind == kind::unit)) {
                plurals_.push_back(std::string(word.text) + "s");
                plural_values_.push_back(word.value);
                plural_kinds_.push_back(word.kind);
            }
        }
        for (std::size_t i = 0; i < plurals_.size(); ++i)
            words_.push_back({plurals_[i], plural_kinds_[i], plural_values_[i]});
        constexpr auto as = [](number_format format) { return static_cast<double>(format); };
        for (const auto& [text, format] : {std::pair{"fp16", number_format::fp16_tensor},
                                           {"bf16", number_format::fp16_tensor},
                                           {"float16", number_format::fp16_tensor},
                                           {"bfloat16", number_format::fp16_tensor},
                                           {"mixed precision", number_format::fp16_tensor},
                                           {"half precision", number_format::fp16_tensor},
                                           {"fp32", number_format::fp32},
                                           {"float32", number_format::fp32},
                                           {"single precision", number_format::fp32},
                                           {"full precision", number_format::fp32},
                                           {"tf32", number_format::tf32},
                                           {"fp64", number_format::fp64},
                                           {"double precision", number_format::fp64},
                                           {"fp8", number_format::fp8},
                                           {"fp4", number_format::fp4},
                                           {"int8", number_format::int8}})
            words_.push_back({text, kind::format, as(format)});
    }

    /// Where a piece ends that begins at `at`: with its line, or with a sentence of a long line.
    static std::size_t piece_end(std::string_view text, std::size_t at) {
        const std::string_view rest = text.substr(at, longest_piece);
        const std::size_t line = rest.find('\n');
        if (line != rest.npos) return at + line + 1;
        if (rest.size() < longest_piece) return text.size();
        for (const std::string_view cut : {". ", " "}) {
            const std::size_t found = rest.rfind(cut);
            if (found != rest.npos && found > 0) return at + found + cut.size();
        }
        return at + rest.size();
    }

    void read_piece(std::string_view piece, reading& state) const {
        fold(piece, state.folded);
        bool anchored = false;
        anchors_.for_each(state.folded.view(), [&](const term_hit&) { anchored = true; });
        if (!anchored) return;
        state.line = state.folded.view();
        detail::plain(state.line);
        state.hits.clear();
        all_.for_each(std::string_view(state.line), [&](const term_hit& hit) { state.hits.push_back(hit); });
        detail::hardware_tokenizer(state.line, state.hits, words_, state.tokens);
        const std::span<const detail::hardware_token> tokens(state.tokens);
        for (std::size_t first = 0; first < tokens.size();) {
            std::size_t last = first;
            while (tokens[last].kind != kind::stop) ++last;
            read_sentence(tokens.subspan(first, last - first), state);
            first = last + 1;
        }
    }

    void read_sentence(std::span<const detail::hardware_token> tokens, reading& state) const {
        const auto has = [&](kind wanted) { return std::ranges::count(tokens, wanted, &detail::hardware_token::kind) > 0; };
        const bool trains = has(kind::training), experiments = has(kind::experiment), infers = has(kind::inference);
        if (!has(kind::chip) && !has(kind::device) && !has(kind::unit) && !has(kind::utilization) && !has(kind::core)) return;
        const detail::hardware_sentence said(tokens, chips_);
        const auto span_of = [&](detail::token_range range) {
            if (range.first == range.last) return text_span{};
            return text_span{state.offset + state.folded.origin(tokens[range.first].begin),
                             state.offset + state.folded.origin(tokens[range.last - 1].end)};
        };
        const hardware_use use = infers && !trains       ? hardware_use::inference
                                 : trains || experiments ? hardware_use::training
                                                         : hardware_use::unknown;
        const bool context = trains || experiments || infers || has(kind::device) || has(kind::memory) || has(kind::maker) || has(kind::unit);
        const bool road = has(kind::road) && !has(kind::device) && !has(kind::maker);
        std::vector<hardware_mention> found;
        std::vector<bool> timed;
        for (const detail::hardware_phrase& phrase : said.phrases) {
            hardware_mention one;
            one.use = use;
            if (phrase.chip) {
                const auto& chip = chips_[static_cast<std::size_t>(tokens[*phrase.chip].value)];
                if (road || (chip.needs_context && !context)) {
                    found.push_back(one);
                    timed.push_back(false);
                    continue;
                }
                one.chip = chip.name;
                one.chip_span = span_of({*phrase.chip, *phrase.chip + 1});
            }
            if (phrase.count) {
                one.count = phrase.count;
                one.count_span = span_of(phrase.count_tokens);
            }
            one.span = span_of(phrase.tokens);
            if (!phrase.chip && (!phrase.count || phrase.article)) one.span = {};
            found.push_back(one);
            timed.push_back(false);
        }
        const std::size_t phrases = found.size();
        for (const detail::stated_time& time : said.times) {
            const text_span where = span_of(time.tokens);
            hardware_mention one;
            one.use = use;
            std::size_t target = phrases;
            if (time.phrase) {
                target = *time.phrase;
                const hardware_mention& of = found[target];
                if (of.chip.empty() && !of.count) {
                    one.span = where;
                } else if (timed[target]) {  // another run
                    one = of;
                    one.hours.reset();
                    one.chip_hours.reset();
                } else {
                    one = of;
                }
            }
            if (time.chip) {
                one.chip = chips_[static_cast<std::size_t>(tokens[*time.chip].value)].name;
                one.chip_span = span_of({*time.chip, *time.chip + 1});
            }
            const bool adds = time.phrase && timed[target] &&
                              (time.of_chips ? !found[target].chip_hours : !found[target].hours) && !time.chip;
            if (adds) one = found[target];
            (time.of_chips ? one.chip_hours : one.hours) = time.hours;
            one.time_span = where;
            one.span = one.span == text_span{} ? where : joined(one.span, where);
            if (time.phrase && (!timed[target] || adds)) {
                found[target] = one;
                timed[target] = true;
            } else if (time.phrase || time.of_chips) {
                found.push_back(one);
            } else if (trains || experiments) {
                found.push_back(one);
            } else if (!state.mentions.empty() && !state.mentions.back().hours && has(kind::lasting)) {
                found.push_back(one);
            }
        }
        std::erase_if(found, [](const hardware_mention& m) { return m.span == text_span{}; });
        read_figures(tokens, span_of, found, state);
        for (const hardware_mention& one : found) add(one, state);
    }

    /// Utilisation and format go to the last mention.
    template <class SpanOf>
    void read_figures(std::span<const detail::hardware_token> tokens, const SpanOf& span_of,
                      std::vector<hardware_mention>& found, reading& state) const {
        hardware_mention* to = nullptr;
        if (!found.empty())
            to = &found.back();
        else if (!state.mentions.empty() && near_to(state.mentions.back(), state.offset + state.folded.origin(tokens.front().begin)))
            to = &state.mentions.back();
        if (to == nullptr) return;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].kind == kind::format && !to->format) {
                to->format = static_cast<number_format>(tokens[i].value);
                to->format_span = span_of({i, i + 1});
                to->span = joined(to->span, to->format_span);
            }
            if (tokens[i].kind == kind::utilization && !to->utilization) set_utilization(tokens, i, span_of, *to);
        }
    }

    template <class SpanOf>
    static void set_utilization(std::span<const detail::hardware_token> tokens, std::size_t word, const SpanOf& span_of,
                                hardware_mention& to) {
        if (word > 0 && tokens[word - 1].kind == kind::memory) return;
        const auto share_at = [&](std::size_t i) -> std::optional<double> {
            if (tokens[i].kind != kind::number) return std::nullopt;
            const bool percent = i + 1 < tokens.size() && tokens[i + 1].kind == kind::sign && tokens[i + 1].value == '%';
            const double value = percent ? tokens[i].value / 100 : tokens[i].value;
            if (!(value > 0 && value <= 1) || (!percent && value == 1)) return std::nullopt;
            return value;
        };
        for (std::size_t distance = 1; distance < 7; ++distance)
            for (const bool behind : {false, true}) {
                if (!behind && word < distance) continue;
                const std::size_t i = behind ? word + distance : word - distance;
                if (i >= tokens.size()) continue;
                if (const auto share = share_at(i)) {
                    to.utilization = share;
                    to.utilization_span = span_of({i, i + 1});
                    to.span = joined(to.span, to.utilization_span);
                    return;
                }
            }
    }

    static text_span joined(text_span a, text_span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }
    static bool near_to(const hardware_mention& one, std::size_t at) { return at < one.span.end + near; }

    /// Adds a mention, or what it says to the last one where that speaks of the same run.
    static void add(const hardware_mention& one, reading& state) {
        if (!state.mentions.empty() && near_to(state.mentions.back(), one.span.begin)) {
            hardware_mention& last = state.mentions.back();
            const auto agree = [](const auto& a, const auto& b) { return !a || !b || *a == *b; };
            const bool same_use = last.use == one.use || one.use == hardware_use::unknown || last.use == hardware_use::unknown;
            const bool times = agree(last.hours, one.hours) && agree(last.chip_hours, one.chip_hours);
            if (same_use && times && agree(last.count, one.count) &&
                (last.chip.empty() || one.chip.empty() || last.chip == one.chip)) {
                take(last, one);
                return;
            }
        }
        state.mentions.push_back(one);
    }

    static void take(hardware_mention& last, const hardware_mention& one) {
        const auto fill = [](auto& to, const auto& from, text_span& to_span, text_span from_span) {
            if (to || !from) return;
            to = from;
            to_span = from_span;
        };
        if (last.chip.empty() && !one.chip.empty()) {
            last.chip = one.chip;
            last.chip_span = one.chip_span;
        }
        fill(last.count, one.count, last.count_span, one.count_span);
        fill(last.hours, one.hours, last.time_span, one.time_span);
        fill(last.chip_hours, one.chip_hours, last.time_span, one.time_span);
        fill(last.utilization, one.utilization, last.utilization_span, one.utilization_span);
        fill(last.format, one.format, last.format_span, one.format_span);
        if (last.use == hardware_use::unknown) last.use = one.use;
        last.span = joined(last.span, one.span);
    }

    std::vector<detail::chip_spelling> chips_;
    std::vector<detail::hardware_word> words_;
    std::vector<std::string> plurals_;
    std::vector<double> plural_values_;
    std::vector<kind> plural_kinds_;
    term_set anchors_{term{"gpu", 0}}, all_{term{"gpu", 0}};
};

}  // namespace compute_divide

#endif
