/** A client of the SDK that answers by the names of commands; what was sent is kept. An answer that is an error is thrown. */
export class SdkClient {
  readonly sent: { command: string; input: any }[] = [];

  constructor(private readonly answers: Record<string, (input: any) => unknown>) {}

  readonly send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: any }) => {
    const command = name.replace(/Command$/, '');
    this.sent.push({ command, input });
    const answer = this.answers[command]?.(input) ?? {};
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };

  /** The inputs of all commands of a name. */
  inputs(command: string): any[] {
    return this.sent.filter(sent => sent.command === command).map(({ input }) => input);
  }

  /** What was sent that is no question, in order. */
  get effects(): string[] {
    return this.sent.map(({ command }) => command).filter(command => !/^(Describe|List|Get)/.test(command));
  }
}

/** An error of a service. */
export function serviceError(name: string, message = 'as the service says'): Error {
  return Object.assign(new Error(message), { name });
}
