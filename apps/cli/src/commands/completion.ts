import { Argument, type Command } from "commander";
import { completionScript, shells, type Shell } from "../complete/shell-scripts";
import { examples, type Session } from "../session";

export function completion(parent: Command, session: Session): void {
  parent
    .command("completion")
    .description("print a script that completes commands, options, topics and groups")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText(
      "after",
      examples([
        ["source <(moldau completion bash)", "bash, in ~/.bashrc"],
        ["source <(moldau completion zsh)", "zsh, in ~/.zshrc after compinit"],
        ["moldau completion fish | source", "fish, in ~/.config/fish/config.fish"],
      ]),
    )
    .action((shell: Shell) => session.terminal.output.write(completionScript(shell)));
}
