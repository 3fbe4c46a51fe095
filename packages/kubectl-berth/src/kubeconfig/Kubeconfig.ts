import {
  Document,
  isMap,
  isSeq,
  parseAllDocuments,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { Problem } from '../Problem';

export type Kind = 'clusters' | 'users' | 'contexts';

const FIELDS = { clusters: 'cluster', users: 'user', contexts: 'context' };
const NEW = `apiVersion: v1
kind: Config
clusters: []
contexts: []
current-context: ''
users: []
`;

/** A kubeconfig whose comments and entries stay as they are, but for those that are changed. */
export class Kubeconfig {
  readonly #document: Document.Parsed;

  private constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** @throws Problem for text that is no kubeconfig; the file then stays as it is */
  static parse(text: string, path: string): Kubeconfig {
    const documents = parseAllDocuments(
      text.trim() === '' ? NEW : text,
      // kubectl reads YAML 1.1, where an unquoted `no` is not text.
      { compat: 'yaml-1.1' },
    );
    const [document] = documents;
    if (
      !Array.isArray(documents) ||
      documents.length !== 1 ||
      document.errors.length > 0 ||
      !isMap(document.contents)
    ) {
      throw new Problem(
        `${path} is not a kubeconfig in YAML, so it stays as it is. Repair or move the file, and run: kubectl berth setup`,
      );
    }
    return new Kubeconfig(document);
  }

  /** Returns the entries of a kind by their names. */
  entries(kind: Kind): Map<string, unknown> {
    const list = this.#document.toJS()[kind] ?? [];
    if (!Array.isArray(list)) {
      throw new Problem(`"${kind}" of the kubeconfig is not a list.`);
    }
    return new Map(
      list
        .filter(entry => typeof entry?.name === 'string')
        .map(entry => [entry.name, entry[FIELDS[kind]]]),
    );
  }

  /** Sets some fields of an entry, and removes those that are undefined. Adds the entry where there is none. */
  put(kind: Kind, name: string, fields: Record<string, unknown>): void {
    const entry = this.#find(kind, name) ?? this.#add(kind, name);
    let content = entry.get(FIELDS[kind]);
    if (!isMap(content)) {
      content = this.#document.createNode({}) as YAMLMap;
      entry.set(FIELDS[kind], content);
    }
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined) {
        (content as YAMLMap).delete(field);
      } else if (!equal(plain(content as YAMLMap)[field], value)) {
        (content as YAMLMap).set(field, this.#document.createNode(value));
      }
    }
  }

  remove(kind: Kind, name: string): void {
    const list = this.#list(kind);
    list.items = list.items.filter(
      item => !isMap(item) || item.get('name') !== name,
    );
  }

  get currentContext(): string {
    return String(this.#document.get('current-context') ?? '');
  }

  set currentContext(name: string) {
    this.#document.set('current-context', name);
  }

  toString(): string {
    return this.#document.toString({ lineWidth: 0 });
  }

  #find(kind: Kind, name: string): YAMLMap | undefined {
    return this.#list(kind).items.find(
      (item): item is YAMLMap => isMap(item) && item.get('name') === name,
    );
  }

  #add(kind: Kind, name: string): YAMLMap {
    const entry = this.#document.createNode({ name }) as YAMLMap;
    const list = this.#list(kind);
    if (list.items.length === 0) {
      // An empty list is written as [], and its entries would be in the same style.
      list.flow =
        isMap(this.#document.contents) && this.#document.contents.flow;
    }
    list.add(entry);
    return entry;
  }

  #list(kind: Kind): YAMLSeq {
    const list = this.#document.get(kind);
    if (isSeq(list)) {
      return list;
    }
    const created = this.#document.createNode([]) as YAMLSeq;
    this.#document.set(kind, created);
    return created;
  }
}

function plain(map: YAMLMap): Record<string, unknown> {
  return map.toJSON();
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
