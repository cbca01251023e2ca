//! `ieum completions SHELL`: what makes the tab key work.

use anyhow::Result;
use clap::ValueEnum;
use clap_complete::env::Shells;

use super::print;

/// What the environment names when a shell asks for completions.
pub const ASKED: &str = "COMPLETE";

/// Print what a shell has to run once, so that the tab key completes commands, options and names of the graph
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Put one of these where your shell starts:
  bash        source <(ieum completions bash)                              in ~/.bashrc
  zsh         source <(ieum completions zsh)                               in ~/.zshrc, behind compinit
  fish        ieum completions fish | source                               in ~/.config/fish/config.fish
  powershell  ieum completions powershell | Out-String | Invoke-Expression in $PROFILE

Then `ieum neighbors 이리<TAB>` completes names of the graph in output/, or where --graph says.")]
pub struct Arguments {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    use std::io::Write;
    let name = match typed.shell {
        Shell::Bash => "bash",
        Shell::Zsh => "zsh",
        Shell::Fish => "fish",
        Shell::Powershell => "powershell",
    };
    let shells = Shells::builtins();
    let mut out = print::results();
    if let Some(shell) = shells.completer(name) {
        shell.write_registration(ASKED, "ieum", "ieum", "ieum", &mut out)?;
    }
    out.flush()?;
    Ok(())
}
