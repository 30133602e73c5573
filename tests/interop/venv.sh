# Sourced by tests that need a Python package: venv_make NAME puts requirements-NAME.txt into its own environment below
# the build tree, once.  Without PyPI the test says SKIP; in CI, where it must run, that is a failure.
venv_make() {
    venv=$TOP_BUILDDIR/tests/venv-$1
    wanted=$TOP_SRCDIR/tests/interop/requirements-$1.txt
    if ! cmp -s "$wanted" "$venv/installed"; then
        rm -rf "$venv"
        mkdir -p "$TOP_BUILDDIR/tests"
        if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check -r "$wanted"; } >"$venv.log" 2>&1; then
            cat "$venv.log"
            if [ "${CI:-}" = true ]; then echo "FAILED: $1 cannot be installed, and in CI it must be"; exit 1; fi
            echo "SKIP: $1 cannot be had from PyPI here"
            exit 77
        fi
        cp "$wanted" "$venv/installed"
    fi
}
