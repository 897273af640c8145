// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_PROGRESS_HPP
#define COMPUTE_DIVIDE_PROGRESS_HPP

#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iostream>
#include <mutex>
#include <ostream>
#include <string>

#include <compute_divide/detail/system_files.hpp>
#include <compute_divide/enumerators.hpp>

/// How far a long run is, told to whoever waits for it.
namespace compute_divide::inline v0_2 {

/// How progress is told.
enum class progress_style {
    automatic,  ///< `line` where standard error is a terminal and nothing else was chosen to write to; else `off`
    line,       ///< one line that is written over
    lines,      ///< a line each time, as for a log
    off
};
[[nodiscard]] constexpr auto enumerators(progress_style) {
    using enum progress_style;
    return std::array{named<progress_style>{automatic, "automatic"}, named<progress_style>{line, "line"},
                      named<progress_style>{lines, "lines"}, named<progress_style>{off, "off"}};
}

struct progress_options {
    std::uint64_t files = 0;  ///< how many there are; 0: not known
    std::uint64_t bytes = 0;  ///< how many there are, for the time left; 0: not known
    progress_style style = progress_style::automatic;
    std::chrono::milliseconds every{250};  ///< between two lines, at least
    std::ostream* out = &std::cerr;
    std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;
};

/// Counts files, works and bytes from any number of threads, and writes a line such as
///
///   3 of 10 files, 120000 works, 85.2 MB/s, 2 min 5 s left
///
/// a few times a second. The rate is that since the beginning; the time left is that of the bytes that remain at this
/// rate, or of the files where the bytes are not known. To count costs an addition or two, and a look at the clock
/// where lines are written: count works in batches where they are cheap.
class progress {
public:
    explicit progress(progress_options options = {})
        : options_(std::move(options)), style_(chosen_style(options_)), begin_(options_.clock()) {
        next_ = (begin_ + options_.every).time_since_epoch().count();
    }
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    /// Ends the line.
    ~progress() {
        if (style_ == progress_style::line && written_) *options_.out << std::endl;
    }

    void add(std::uint64_t works, std::uint64_t bytes) {
        works_.fetch_add(works, std::memory_order_relaxed);
        bytes_.fetch_add(bytes, std::memory_order_relaxed);
        write_if_due();
    }
    /// One more file is read.
    void file_done() {
        files_.fetch_add(1, std::memory_order_relaxed);
        write_if_due();
    }

    /// Writes the line now, such as at the end.
    void write() {
        if (style_ == progress_style::off) return;
        const std::lock_guard lock(mutex_);
        write_line(options_.clock());
    }

    /// Files read so far.
    [[nodiscard]] std::uint64_t files() const { return files_.load(std::memory_order_relaxed); }
    /// Works read so far.
    [[nodiscard]] std::uint64_t works() const { return works_.load(std::memory_order_relaxed); }
    /// Bytes read so far.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

private:
    using time_point = std::chrono::steady_clock::time_point;

    [[nodiscard]] static progress_style chosen_style(const progress_options& options) {
        if (options.style != progress_style::automatic) return options.style;
        return options.out == &std::cerr && detail::errors_go_to_a_terminal() ? progress_style::line
                                                                              : progress_style::off;
    }

    void write_if_due() {
        if (style_ == progress_style::off) return;
        const time_point now = options_.clock();
        auto due = next_.load(std::memory_order_relaxed);
        if (now.time_since_epoch().count() < due) return;
        const auto then = (now + options_.every).time_since_epoch().count();
        if (!next_.compare_exchange_strong(due, then, std::memory_order_relaxed)) return;  // another thread writes
        const std::lock_guard lock(mutex_);
        write_line(now);
    }

    void write_line(time_point now) {
        const double elapsed = std::chrono::duration<double>(now - begin_).count();
        const auto done_bytes = static_cast<double>(bytes()), done_files = static_cast<double>(files());
        std::string text = std::to_string(files());
        if (options_.files > 0) text.append(" of ").append(std::to_string(options_.files));
        text.append(files() == 1 && options_.files == 0 ? " file, " : " files, ");
        text.append(std::to_string(works())).append(works() == 1 ? " work" : " works");
        if (elapsed > 0 && done_bytes > 0) text.append(", ").append(rate(done_bytes / elapsed));
        const auto all = static_cast<double>(options_.bytes > 0 ? options_.bytes : options_.files);
        const double done = options_.bytes > 0 ? done_bytes : done_files;
        if (done > 0 && done < all)
            text.append(", ").append(duration(std::ceil(elapsed * (all - done) / done))).append(" left");
        std::ostream& out = *options_.out;
        if (style_ == progress_style::line)
            out << '\r' << text << "\x1b[K" << std::flush;  // and clears what a longer line left
        else
            out << text << std::endl;
        written_ = true;
    }

    [[nodiscard]] static std::string rate(double per_second) {
        const bool mega = per_second >= 1e6;
        char text[64];
        std::snprintf(text, sizeof text, "%.1f %s/s", per_second / (mega ? 1e6 : 1e3), mega ? "MB" : "kB");
        return text;
    }
    /// Its two largest units.
    [[nodiscard]] static std::string duration(double left) {
        const double minutes = std::floor(left / 60), hours = std::floor(minutes / 60);
        char text[64];
        if (hours >= 1)
            std::snprintf(text, sizeof text, "%.0f h %.0f min", hours, minutes - 60 * hours);
        else if (minutes >= 1)
            std::snprintf(text, sizeof text, "%.0f min %.0f s", minutes, left - 60 * minutes);
        else
            std::snprintf(text, sizeof text, "%.0f s", left);
        return text;
    }

    progress_options options_;
    progress_style style_;
    time_point begin_;
    std::atomic<std::uint64_t> files_ = 0, works_ = 0, bytes_ = 0;
    std::atomic<time_point::rep> next_ = 0;
    std::mutex mutex_;
    bool written_ = false;
};

}  // namespace compute_divide::inline v0_2

#endif
