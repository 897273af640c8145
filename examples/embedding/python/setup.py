# SPDX-License-Identifier: BSL-1.0
import os

from setuptools import Extension, setup

here = os.path.dirname(os.path.abspath(__file__))
include = os.environ.get("COMPUTE_DIVIDE_INCLUDE", os.path.join(here, "..", "..", "..", "include"))
includes = [include]
try:
    import pybind11
    includes.append(pybind11.get_include())
except ImportError:
    pass  # Debian's pybind11-dev is where compilers look

setup(
    name="compute_divide",
    version="0.2.0",
    description="Who does machine-learning research, with how much compute, and how is that changing?",
    license="BSL-1.0",
    python_requires=">=3.9",
    install_requires=["numpy"],
    packages=["compute_divide"],
    ext_modules=[Extension("compute_divide._core", ["core.cpp"], include_dirs=includes, language="c++",
                           extra_compile_args=["-std=c++20", "-O2", "-g0", "-fvisibility=hidden", "-ffp-contract=off"])],
)
