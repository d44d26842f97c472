# bash completion for guestward: verbs, options, and the names of filters and devices.

# compgen -W expands its words as the shell does, so a name must not get there that holds more than letters and the like.
_guestward_plain() { grep -xE '[A-Za-z0-9_.-]+'; }

_guestward_names() {
  # A completion must not ask for a password.
  if [[ $EUID -eq 0 ]]; then guestward -q "$1" 2>/dev/null | awk -v column="$2" '{ print $column }' | _guestward_plain; fi
}

_guestward_devices() {
  local device
  for device in /sys/class/net/*; do printf '%s\n' "${device##*/}"; done | _guestward_plain
}

_guestward() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' at
  local verbs='attach detach status trace restore nwfilter-define nwfilter-dumpxml nwfilter-edit nwfilter-list
    nwfilter-undefine nwfilter-binding-create nwfilter-binding-delete nwfilter-binding-dumpxml nwfilter-binding-list
    lab help'
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ ${COMP_WORDS[at]} != -* ]]; then
      verb=${COMP_WORDS[at]}
      break
    fi
  done
  if [[ -z $verb || $verb == help ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$verbs --help --quiet --version" -- "$word")
    return
  fi

  case $previous in
    --filter | --nwfilter)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-list 2)" -- "$word")
      return
      ;;
    --dev)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_devices)" -- "$word")
      return
      ;;
    --from | --file)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    --direction)
      mapfile -t COMPREPLY < <(compgen -W 'out in' -- "$word")
      return
      ;;
    --state)
      mapfile -t COMPREPLY < <(compgen -W 'NEW ESTABLISHED RELATED INVALID UNTRACKED' -- "$word")
      return
      ;;
    --arp)
      mapfile -t COMPREPLY < <(compgen -W 'request reply' -- "$word")
      return
      ;;
    --shell)
      mapfile -t COMPREPLY < <(compgen -W 'g1 g2 lan' -- "$word")
      return
      ;;
  esac

  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(guestward "$verb" --help 2>/dev/null | grep -oE '^ +\[?--[a-z-]+' | tr -d ' [')" -- "$word")
    return
  fi
  case $verb in
    attach | trace)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_devices)" -- "$word")
      ;;
    detach | nwfilter-binding-delete | nwfilter-binding-dumpxml)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-binding-list 1)" -- "$word")
      ;;
    nwfilter-undefine | nwfilter-dumpxml | nwfilter-edit)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-list 2)" -- "$word")
      ;;
    nwfilter-define | nwfilter-binding-create)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
  esac
}

complete -o filenames -F _guestward guestward
