# Sourced by scripts/run and scripts/test: makes .venv in the checkout and installs the project into it.
# After the first time nothing is fetched: the network is used only when pyproject.toml has changed.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }

# install_system PACKAGE...: Debian packages, with apt when root; otherwise the command is printed and we go on.
install_system() {
  local missing=()
  command -v dpkg-query >/dev/null 2>&1 || return 0
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing ${missing[*]} ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >/dev/null 2>&1 ||
      say "apt-get could not install them. Later, run: apt-get install ${missing[*]}"
  else
    say "For sound, run: sudo apt-get install ${missing[*]}"
  fi
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' 2>/dev/null && { echo "$candidate"; return; }
  done
  say "mockloop needs Python 3.11 or newer. Install it, or name one: PYTHON=/path/to/python $0"
  exit 1
}

# set_up EXTRA: the project and one of its extras ("" for none), editable, so that the checkout's files are used.
set_up() {
  local extra=$1 stamp=".venv/.installed${1:+-$1}" python
  if [ -f "$stamp" ] && [ "$stamp" -nt pyproject.toml ] && [ -x .venv/bin/python ]; then return 0; fi
  if [ ! -x .venv/bin/python ]; then
    python=$(find_python) || exit 1
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
      # Debian keeps ensurepip in a package of its own.
      install_system "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
      "$python" -m venv --clear .venv >/dev/null || { say "Python's venv module is missing: install python3-venv."; exit 1; }
    fi
  fi
  say "Setting up (once; about 250 MB are fetched) ..."
  .venv/bin/python -m pip install --quiet --editable ".${extra:+[$extra]}" || {
    say "The packages could not be installed. Check the network and run this again."
    exit 1
  }
  touch "$stamp"
  # Whatever an extra needs, running needs less.
  touch .venv/.installed
}
