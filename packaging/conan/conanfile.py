# SPDX-License-Identifier: BSL-1.0
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class ComputeDivide(ConanFile):
    name = "compute_divide"
    license = "BSL-1.0"
    description = "Who does machine-learning research, with how much compute, and how is that changing?"
    topics = ("statistics", "bibliometrics", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"openalex": [True, False]}
    default_options = {"openalex": False}
    no_copy_source = True

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        text = load(self, os.path.join(self._root, "include", "compute_divide", "version.hpp"))
        self.version = ".".join(re.findall(r"^#define COMPUTE_DIVIDE_VERSION_\w+ (\d+)$", text, re.MULTILINE))

    def export_sources(self):
        copy(self, "LICENSE", self._root, self.export_sources_folder)
        copy(self, "include/*", self._root, self.export_sources_folder)

    def requirements(self):
        self.requires("boost/[>=1.74 <2]")
        self.requires("range-v3/0.12.0")
        if self.options.openalex:
            self.requires("simdjson/[>=3.0 <4]")
            self.requires("isa-l/2.30.0")
            self.requires("roaring/[>=0.9]")

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = self.cpp_info.libdirs = []
        self.cpp_info.requires = ["boost::headers", "range-v3::range-v3"]
        if self.options.openalex:
            self.cpp_info.requires += ["simdjson::simdjson", "isa-l::isa-l", "roaring::roaring"]
        self.cpp_info.set_property("cmake_target_name", "compute_divide::compute_divide")
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
