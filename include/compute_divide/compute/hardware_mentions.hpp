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
#include <utility>
#include <vector>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/detail/hardware_sentence.hpp>
#include <compute_divide/detail/hardware_spellings.hpp>
#include <compute_divide/detail/hardware_tokens.hpp>
#include <compute_divide/detail/hardware_words.hpp>
#include <compute_divide/names.hpp>
#include <compute_divide/text/fold.hpp>
#include <compute_divide/text/term_set.hpp>

/// The hardware that a text says it used: "trained on 64 nodes with 8 A100s each for about two weeks".
namespace compute_divide {

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

/// Reads hardware mentions; built once, then const and thread-safe.
class hardware_reader {
public:
    explicit hardware_reader(accelerator_catalogue catalogue = accelerator_catalogue())
        : catalogue_(std::move(catalogue)) {
        std::vector<detail::spelled_word> words = detail::spellings_of(catalogue_, chips_);
        detail::add_hardware_words(words);
        std::vector<term> anchors, all;
        for (std::uint32_t i = 0; i < words.size(); ++i) {
            const kind is = words[i].kind;
            all.push_back({words[i].text, i});
            if (is == kind::chip || is == kind::device || is == kind::core || is == kind::unit || is == kind::utilization)
                anchors.push_back({words[i].text, i});
            meanings_.push_back({is, words[i].value});
        }
        std::vector<std::string> counted;  // "8xV100"
        for (int n = 1; n <= 4096; ++n) counted.push_back(std::to_string(n) + "x*");
        for (const std::string& each : counted) anchors.push_back({each, 0});
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
    static constexpr std::size_t short_sentence = 12;  // tokens
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
        detail::hardware_tokenizer(state.line, state.hits, meanings_, state.tokens);
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
        const auto name_chip = [&](hardware_mention& one, std::size_t at) {
            one.chip_span = span_of({at, at + 1});
            const std::string_view written = state.text.substr(one.chip_span.begin, one.chip_span.end - one.chip_span.begin);
            const accelerator* const found = catalogue_.find(written);  // "V100S" is not "V100s"
            one.chip = found != nullptr ? found->name : chips_[static_cast<std::size_t>(tokens[at].value)].name;
        };
        const hardware_use use = infers && !trains       ? hardware_use::inference
                                 : trains || experiments ? hardware_use::training
                                                         : hardware_use::unknown;
        const bool named = std::ranges::any_of(tokens, [](const detail::hardware_token& token) {
            return (token.kind == kind::device || token.kind == kind::maker) && token.value == 1;
        });
        const bool road = has(kind::road) && !named;
        const bool context = named || trains || experiments || infers || has(kind::memory) || has(kind::calculation) ||
                             has(kind::format) || has(kind::utilization);
        std::vector<hardware_mention> found;
        std::vector<bool> timed, rejected;
        std::size_t from = 0;
        for (const detail::hardware_phrase& phrase : said.phrases) {
            hardware_mention one;
            one.use = use;
            if (phrase.tokens.first > from) {
                const auto before = tokens.subspan(from, phrase.tokens.first - from);
                if (std::ranges::count(before, kind::training, &detail::hardware_token::kind) > 0)
                    one.use = hardware_use::training;
                else if (std::ranges::count(before, kind::inference, &detail::hardware_token::kind) > 0)
                    one.use = hardware_use::inference;
            }
            from = phrase.tokens.last;
            if (phrase.chip) {
                const auto& chip = chips_[static_cast<std::size_t>(tokens[*phrase.chip].value)];
                const std::size_t at = *phrase.chip;
                const bool after_maker = at > 0 && tokens[at - 1].kind == kind::maker;
                const bool before_device = at + 1 < tokens.size() && tokens[at + 1].kind == kind::device;
                const bool counted = phrase.count && !phrase.article;
                if (!detail::is_chip(chip.certainty, {context && !road, counted && !road, after_maker, before_device, named || has(kind::group)})) {
                    found.push_back(one);
                    timed.push_back(false);
                    rejected.push_back(true);
                    continue;
                }
                name_chip(one, *phrase.chip);
            }
            if (phrase.count) {
                one.count = phrase.count;
                one.count_span = span_of(phrase.count_tokens);
            }
            one.span = span_of(phrase.tokens);
            if (phrase.count) one.span = joined(one.span, one.count_span);
            if (!phrase.chip && (!phrase.count || phrase.article)) one.span = {};
            found.push_back(one);
            timed.push_back(false);
            rejected.push_back(false);
        }
        const std::size_t phrases = found.size();
        for (const detail::stated_time& time : said.times) {
            const text_span where = span_of(time.tokens);
            hardware_mention one;
            one.use = use;
            std::size_t target = phrases;
            if (time.phrase && rejected[*time.phrase]) continue;
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
                name_chip(one, *time.chip);
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
            } else if ((has(kind::lasting) || tokens.size() < short_sentence) && !state.mentions.empty() && !state.mentions.back().hours &&
                       near_to(state.mentions.back(), where.begin)) {
                found.push_back(one);  // it will be added to that one
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

    accelerator_catalogue catalogue_;
    std::vector<detail::chip_spelling> chips_;
    std::vector<detail::word_meaning> meanings_;
    term_set anchors_{term{"gpu", 0}}, all_{term{"gpu", 0}};
};

}  // namespace compute_divide

#endif
