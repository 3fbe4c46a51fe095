/** The size of a terminal. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface FakeShellOptions {
  /** The name of the pod, as the host name. */
  host: string;
  /** Whether the shell has a terminal: then it echoes, and has a prompt. */
  tty: boolean;
  write(text: string): void;
  /** Called once with the exit code. */
  exit(code: number): void;
}

const PROMPT = '$ ';
const INTERRUPT = '\x03';
const END_OF_TRANSMISSION = '\x04';
const BACKSPACE = '\x7f';

/** A shell that knows a handful of commands, behind a terminal that echoes what is typed. */
export class FakeShell {
  readonly #options: FakeShellOptions;
  #size: TerminalSize = { columns: 80, rows: 24 };
  #line = '';
  #code = 0;
  #ended = false;

  constructor(options: FakeShellOptions) {
    this.#options = options;
  }

  start(): void {
    this.#prompt();
  }

  resize(size: TerminalSize): void {
    this.#size = size;
  }

  /** Types text. */
  type(text: string): void {
    for (const key of text) {
      if (!this.#ended) {
        this.#press(key);
      }
    }
  }

  /** Ends the input, which ends the shell. */
  endInput(): void {
    this.#exit(this.#code);
  }

  #press(key: string) {
    switch (key) {
      case '\r':
      case '\n': {
        this.#echo('\r\n');
        const line = this.#line.trim();
        this.#line = '';
        this.#run(line);
        this.#prompt();
        break;
      }
      case BACKSPACE:
        if (this.#line !== '') {
          this.#line = this.#line.slice(0, -1);
          this.#echo('\b \b');
        }
        break;
      case INTERRUPT:
        this.#line = '';
        this.#echo('^C\r\n');
        this.#prompt();
        break;
      case END_OF_TRANSMISSION:
        if (this.#line === '') {
          this.#exit(this.#code);
        }
        break;
      default:
        this.#line += key;
        this.#echo(key);
    }
  }

  #run(line: string) {
    const [command, ...words] = line.split(/\s+/);
    const { columns, rows } = this.#size;
    switch (command) {
      case '':
        return;
      case 'exit':
        this.#exit(Number(words[0] ?? this.#code) % 256);
        return;
      case 'echo':
        this.#print(words.join(' '));
        break;
      case 'hostname':
        this.#print(this.#options.host);
        break;
      case 'stty':
        this.#print(`${rows} ${columns}`);
        break;
      default:
        this.#print(`sh: ${command}: not found`);
        this.#code = 127;
        return;
    }
    this.#code = 0;
  }

  #print(text: string) {
    this.#options.write(`${text}${this.#options.tty ? '\r\n' : '\n'}`);
  }

  #echo(text: string) {
    if (this.#options.tty) {
      this.#options.write(text);
    }
  }

  #prompt() {
    if (this.#options.tty && !this.#ended) {
      this.#options.write(PROMPT);
    }
  }

  #exit(code: number) {
    if (!this.#ended) {
      this.#ended = true;
      this.#options.exit(code);
    }
  }
}
