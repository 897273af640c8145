// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_ATOMIC_WRITE_HPP
#define COMPUTE_DIVIDE_ATOMIC_WRITE_HPP

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <compute_divide/detail/system_files.hpp>

/// Files that are written whole or not at all.
namespace compute_divide::inline v0_2 {

namespace detail {

[[noreturn]] inline void fail_on_file(std::string_view function, const std::string& path, int error) {
    throw std::system_error(error, std::generic_category(),
                            std::string("compute_divide::").append(function).append(": ").append(path));
}

}  // namespace detail

/// A file in the making: whatever happens, also to the machine, its path holds either all of the old content or all of
/// the new. What is written goes to a temporary file beside it, which `commit` synchronises and renames; without
/// `commit` it is removed. Where the path is a symbolic link, what it points to is replaced; a file that was there
/// keeps its mode, where files have one.
///
/// Throws std::system_error, which names `path` and whoever writes (`writer`, a literal), where a step fails, and where
/// `path` is there and is no regular file.
class atomic_file {
public:
    explicit atomic_file(std::string path, std::string_view writer = "atomic_file")
        : writer_(writer), name_(std::move(path)), path_(detail::target_of(name_)) {
        const detail::file_kind known = detail::kind_of_file(path_);
        if (known.is_there && !known.is_regular) fail(known.is_folder ? EISDIR : EINVAL);
        for (int i = 0; file_ < 0; ++i) {
            temporary_ = path_ + ".partial" + std::to_string(i);
            file_ = detail::create_file(temporary_);
            if (file_ < 0 && errno != EEXIST) {
                temporary_.clear();
                fail(errno);
            }
        }
        if (known.is_there && !detail::set_mode(file_, known.mode)) {
            const int error = errno;
            discard();
            fail(error);
        }
    }
    atomic_file(const atomic_file&) = delete;
    atomic_file& operator=(const atomic_file&) = delete;
    ~atomic_file() { discard(); }

    /// Appends to the new content. Throws std::system_error where the disk says no.
    void write(std::string_view text) {
        while (!text.empty()) {
            const std::ptrdiff_t written = detail::write_some(file_, text.data(), text.size());
            if (written >= 0)
                text.remove_prefix(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                fail(errno);
        }
    }

    /// Of the temporary file, for what writes to a descriptor itself; it stays this object's.
    [[nodiscard]] int descriptor() const { return file_; }

    /// The new content takes the place of the old. Once.
    void commit() {
        if (!detail::synchronise(file_)) fail(errno);
        if (!detail::close_file(std::exchange(file_, -1))) fail(errno);
        if (!detail::replace_file(temporary_, path_)) fail(errno);
        temporary_.clear();
        detail::synchronise_folder_of(path_);
    }

private:
    [[noreturn]] void fail(int error) const { detail::fail_on_file(writer_, name_, error); }
    void discard() {
        if (file_ >= 0) detail::close_file(std::exchange(file_, -1));
        if (!temporary_.empty()) std::remove(temporary_.c_str());
    }

    std::string_view writer_;
    std::string name_, path_, temporary_;
    int file_ = -1;
};

/// Writes a file as atomic_file does.
inline void atomic_write(const std::string& path, std::string_view text, std::string_view writer = "atomic_write") {
    atomic_file file(path, writer);
    file.write(text);
    file.commit();
}

}  // namespace compute_divide::inline v0_2

#endif
