#!/bin/sh
# Installs kubectl-berth, the kubectl plugin for this portal: the program, and a launcher that starts it with the Node.js
# of this computer, or with one that this script fetches. Needs no root.
#
#   KUBECTL_BERTH_BIN   folder of the launcher; ~/.local/bin by default
#   KUBECTL_BERTH_DATA  folder of the program; ~/.local/share/kubectl-berth by default
set -eu

portal='@PORTAL@'
program_sha256='@PROGRAM_SHA256@'
node_mirror='@NODE_MIRROR@'
node_version='@NODE_VERSION@'

fail() {
  printf 'kubectl-berth was not installed: %s\n' "$1" >&2
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# fetch URL FILE
fetch() {
  if has curl; then
    curl --fail --silent --show-error --location --output "$2" "$1" || fail "cannot fetch $1"
  elif has wget; then
    wget -q -O "$2" "$1" || fail "cannot fetch $1"
  else
    fail 'this script needs curl or wget'
  fi
}

sha256() {
  if has sha256sum; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif has shasum; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  elif has openssl; then
    openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1
  else
    fail 'this script needs sha256sum, shasum or openssl'
  fi
}

# check FILE SHA256 NAME
check() {
  [ "$(sha256 "$1")" = "$2" ] || fail "$3 does not have the expected SHA-256"
}

# Prints the path of a Node.js, with the path of the executable file in place of a version manager's.
usable_node() {
  "$1" -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major < 20 || (major === 20 && minor < 19)) process.exit(1);
    console.log(process.execPath);
  ' 2>/dev/null
}

fetch_node() {
  case "$(uname -s)" in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) fail "there is no Node.js 20.19 or newer, and none to fetch for $(uname -s)" ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) fail "there is no Node.js 20.19 or newer, and none to fetch for $(uname -m)" ;;
  esac
  if [ "$system" = linux ] && ! has getconf; then
    fail 'install Node.js 20.19 or newer with the package manager first'
  fi
  if [ "$system" = linux ] && ! getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
    fail 'Node.js has no official build for this Linux without glibc; install Node.js 20.19 or newer with the package manager first'
  fi
  version="v${node_version#v}"
  name="node-$version-$system-$machine"
  printf 'Fetching Node.js %s from %s\n' "$version" "$node_mirror"
  fetch "$node_mirror/$version/SHASUMS256.txt" "$work/SHASUMS256.txt"
  fetch "$node_mirror/$version/$name.tar.gz" "$work/node.tar.gz"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\)  $name\.tar\.gz\$/\1/p" "$work/SHASUMS256.txt")
  [ -n "$expected" ] || fail "SHASUMS256.txt of $node_mirror does not have $name.tar.gz"
  check "$work/node.tar.gz" "$expected" "$name.tar.gz"
  tar -xzf "$work/node.tar.gz" -C "$work"
  mkdir -p "$data/node"
  mv -f "$work/$name/bin/node" "$data/node/node"
}

quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

main() {
  [ -n "${HOME:-}" ] || fail 'HOME is not set'
  data=${KUBECTL_BERTH_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/kubectl-berth}
  bin=${KUBECTL_BERTH_BIN:-$HOME/.local/bin}
  mkdir -p "$data" "$bin" || fail "cannot create $data and $bin"
  work=$(mktemp -d "$data/install.XXXXXX") || fail "cannot write to $data"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM

  fetch "$portal/api/berth/kubectl/cli/kubectl-berth.mjs" "$work/kubectl-berth.mjs"
  check "$work/kubectl-berth.mjs" "$program_sha256" kubectl-berth.mjs

  if ! node=$(usable_node node) && ! node=$(usable_node "$data/node/node"); then
    fetch_node
    node=$(usable_node "$data/node/node") || fail "the fetched Node.js does not start on this computer"
  fi

  cat >"$work/kubectl-berth" <<EOF
#!/bin/sh
# Starts kubectl-berth with the Node.js that its installer found.
unset NODE_OPTIONS
KUBECTL_BERTH_LAUNCHER=$(quoted "$bin/kubectl-berth")
export KUBECTL_BERTH_LAUNCHER
exec $(quoted "$node") $(quoted "$data/kubectl-berth.mjs") "\$@"
EOF
  chmod 755 "$work/kubectl-berth"
  mv -f "$work/kubectl-berth.mjs" "$data/kubectl-berth.mjs"
  mv -f "$work/kubectl-berth" "$bin/kubectl-berth"
  "$bin/kubectl-berth" version >/dev/null || fail "$bin/kubectl-berth does not start"

  printf 'Installed %s\n' "$bin/kubectl-berth"
  printf '  program  %s\n  Node.js  %s\n' "$data/kubectl-berth.mjs" "$node"
  case ":$PATH:" in
    *":$bin:"*) ;;
    *)
      # shellcheck disable=SC2016 # The profile expands PATH.
      printf '%s is not on the PATH. Add it in the profile of your shell:\n  export PATH=%s:"$PATH"\n' \
        "$bin" "$(quoted "$bin")"
      ;;
  esac
  has kubectl || printf 'kubectl is not on the PATH. Install it, too: https://kubernetes.io/docs/tasks/tools/\n'
  printf 'Now sign in:\n  kubectl berth login %s\n' "$portal"
}

# The last line, so that half of a download does nothing.
main
