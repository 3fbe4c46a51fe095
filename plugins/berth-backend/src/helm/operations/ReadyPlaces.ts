/** How many operations wait until the objects of their releases are ready. Each reads from a cluster again and again. */
export class ReadyPlaces {
  readonly #byPerson = new Map<string, number>();
  #taken = 0;

  constructor(
    private readonly most: number,
    private readonly mostOfPerson: number,
  ) {}

  /** @returns what gives the place back; undefined if there is none */
  take(person: string): (() => void) | undefined {
    const own = this.#byPerson.get(person) ?? 0;
    if (this.#taken >= this.most || own >= this.mostOfPerson) {
      return undefined;
    }
    this.#taken += 1;
    this.#byPerson.set(person, own + 1);
    return () => {
      this.#taken -= 1;
      const left = this.#byPerson.get(person)! - 1;
      if (left === 0) {
        this.#byPerson.delete(person);
      } else {
        this.#byPerson.set(person, left);
      }
    };
  }
}
