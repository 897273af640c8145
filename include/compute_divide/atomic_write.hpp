// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_ATOMIC_WRITE_HPP
#define COMPUTE_DIVIDE_ATOMIC_WRITE_HPP

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

/// Files that are written whole or not at all.
namespace compute_divide::inline v0_2 {

namespace detail {

[[noreturn]] inline void fail_on_file(std::string_view function, const std::string& path, int error) {
    throw std::system_error(error, std::generic_category(),
                            std::string("compute_divide::").append(function).append(": ").append(path));
}

#if defined(__wasi__)  // files have no modes there, and nothing tells where a link leads

[[nodiscard]] inline bool set_mode(int, ::mode_t) {
    return true;
}
[[nodiscard]] inline std::string target_of(const std::string& path) {
    return path;
}

#else

/// Whether it could; else errno says why not.
[[nodiscard]] inline bool set_mode(int file, ::mode_t mode) {
    return ::fchmod(file, mode) == 0;
}
/// What is at the end of symbolic links, where there is something.
[[nodiscard]] inline std::string target_of(const std::string& path) {
    char found[PATH_MAX];
    return ::realpath(path.c_str(), found) == nullptr ? path : found;
}

#endif

}  // namespace detail

/// A file in the making: whatever happens, also to the machine, its path holds either all of the old content or all of
/// the new. What is written goes to a temporary file beside it, which `commit` synchronises and renames; without
/// `commit` it is removed. Where the path is a symbolic link, what it points to is replaced; a file that was there
/// keeps its mode. POSIX.
///
/// Throws std::system_error, which names `path` and whoever writes (`writer`, a literal), where a step fails, and where
/// `path` is there and is no regular file.
class atomic_file {
public:
    explicit atomic_file(std::string path, std::string_view writer = "atomic_file")
        : writer_(writer), name_(std::move(path)), path_(detail::target_of(name_)) {
        struct stat known = {};
        const bool is_there = ::stat(path_.c_str(), &known) == 0;
        if (is_there && !S_ISREG(known.st_mode)) fail(S_ISDIR(known.st_mode) ? EISDIR : EINVAL);
        for (int i = 0; file_ < 0; ++i) {
            temporary_ = path_ + ".partial" + std::to_string(i);
            file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (file_ < 0 && errno != EEXIST) {
                temporary_.clear();
                fail(errno);
            }
        }
        if (is_there && !detail::set_mode(file_, known.st_mode & 07777)) {
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
            const ::ssize_t written = ::write(file_, text.data(), text.size());
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
        if (::fsync(file_) != 0) fail(errno);
        const int file = std::exchange(file_, -1);
        if (::close(file) != 0) fail(errno);
        if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
        temporary_.clear();
        // That the new name outlives a power cut; not all file systems can do it.
        const std::size_t slash = path_.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
        const int names = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (names < 0) return;
        ::fsync(names);
        ::close(names);
    }

private:
    [[noreturn]] void fail(int error) const { detail::fail_on_file(writer_, name_, error); }
    void discard() {
        if (file_ >= 0) ::close(std::exchange(file_, -1));
        if (!temporary_.empty()) ::unlink(temporary_.c_str());
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
