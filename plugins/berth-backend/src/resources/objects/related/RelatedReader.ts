import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  pathObjectName,
  RelatedObject,
  RelatedObjectList,
} from '@berth/plugin-berth-common';
import { isKubeError } from '../../../kube';
import { ClusterKind } from '../../kinds/discovery';
import { JsonRecord, textAt } from '../json';
import { ListSelection, ObjectCalls } from '../ObjectCalls';
import { statusWord } from '../statusWord';

export type Relation = RelatedObject['relation'];

/** A kind by its group, empty for the core group, and its plural. */
export type KindName = readonly [group: string, plural: string];

/** More related objects than a person reads. */
const MAX_ITEMS = 500;
/** A list that may end before the last object does not show that an object is missing. */
const MAX_CERTAIN = 1_000;

/** Collects the related objects of one object. What the person may not read is noted, and the rest goes on. */
export class RelatedReader {
  readonly namespace: string | undefined;
  readonly #calls: ObjectCalls;
  readonly #items = new Map<string, RelatedObject>();
  readonly #unreadable = new Set<string>();
  readonly #lists = new Map<string, Promise<JsonRecord[] | undefined>>();

  constructor(calls: ObjectCalls, live: JsonRecord) {
    this.#calls = calls;
    this.namespace = textAt(live, 'metadata', 'namespace');
  }

  result(): RelatedObjectList {
    const items = [...this.#items.values()].slice(0, MAX_ITEMS);
    return {
      items,
      totalItems: this.#items.size,
      unreadable: [...this.#unreadable].sort(),
    };
  }

  /** Lists objects of a kind, none if the cluster does not have the kind or the person may not list it. */
  async list(
    kind: KindName,
    selection: ListSelection = { namespace: this.namespace },
  ): Promise<JsonRecord[]> {
    return (await this.#list(kind, selection, false)) ?? [];
  }

  /** Adds an object that was read. */
  async add(
    relation: Relation,
    name: KindName,
    object: JsonRecord,
  ): Promise<void> {
    const kind = await this.#kind(name);
    const status = kind && statusWord(kind.kind, object);
    if (kind) {
      this.#put(relation, kind, {
        namespace: textAt(object, 'metadata', 'namespace'),
        name: textAt(object, 'metadata', 'name') ?? '',
        ...(status !== undefined && { status }),
      });
    }
  }

  async addAll(
    relation: Relation,
    name: KindName,
    objects: JsonRecord[],
  ): Promise<void> {
    for (const object of objects) {
      await this.add(relation, name, object);
    }
  }

  /** Reads one object and adds it. There is no object whose name is not valid. */
  async addOne(
    relation: Relation,
    name: KindName,
    key: { name: string; namespace?: string; uid?: string },
  ): Promise<JsonRecord | undefined> {
    const kind = await this.#kind(name);
    if (!kind) {
      return undefined;
    }
    if (!pathObjectName.safeParse(key.name).success) {
      this.#put(relation, kind, { ...keyOf(key), missing: true });
      return undefined;
    }
    try {
      const object = await this.#calls.get(kind, key);
      const isOther =
        key.uid !== undefined && textAt(object, 'metadata', 'uid') !== key.uid;
      if (!isOther) {
        await this.add(relation, name, object);
        return object;
      }
      this.#put(relation, kind, { ...keyOf(key), missing: true });
    } catch (error) {
      if (isKubeError(error, 'NotFound')) {
        this.#put(relation, kind, { ...keyOf(key), missing: true });
      } else if (isKubeError(error, 'Forbidden')) {
        this.#unreadable.add(kind.plural);
        this.#put(relation, kind, keyOf(key));
      } else {
        throw error;
      }
    }
    return undefined;
  }

  /**
   * Adds objects of the namespace by name, and finds out which are missing.
   *
   * @param references - `optional`: it is no fault if the object is missing
   */
  async addNamed(
    relation: Relation,
    name: KindName,
    references: { name: string; optional?: boolean }[],
  ): Promise<void> {
    const kind = references.length > 0 ? await this.#kind(name) : undefined;
    if (!kind) {
      return;
    }
    const { namespace } = this;
    // Of a Secret, the names are enough.
    const found = await this.#list(name, { namespace }, true);
    const names = new Set(found?.map(item => textAt(item, 'metadata', 'name')));
    const isCertain = found !== undefined && found.length < MAX_CERTAIN;
    for (const reference of references) {
      const missing =
        isCertain && !reference.optional && !names.has(reference.name);
      this.#put(relation, kind, {
        namespace,
        name: reference.name,
        ...(missing && { missing }),
      });
    }
  }

  /** Finds the plural of a kind. */
  async kindNamed(group: string, kind: string): Promise<KindName | undefined> {
    try {
      const found = await this.#calls.kindNamed(group, kind);
      return found && [found.group, found.plural];
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return undefined;
      }
      throw error;
    }
  }

  async #kind([group, plural]: KindName): Promise<ClusterKind | undefined> {
    try {
      return await this.#calls.kind(group, plural);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      if (error instanceof NotAllowedError) {
        this.#unreadable.add(plural);
        return undefined;
      }
      throw error;
    }
  }

  /** @returns undefined if the objects cannot be listed. Equal lists are read once */
  #list(
    name: KindName,
    selection: ListSelection,
    metadata: boolean,
  ): Promise<JsonRecord[] | undefined> {
    const key = JSON.stringify([name, selection, metadata]);
    const known = this.#lists.get(key) ?? this.#read(name, selection, metadata);
    this.#lists.set(key, known);
    return known;
  }

  async #read(
    name: KindName,
    selection: ListSelection,
    metadata: boolean,
  ): Promise<JsonRecord[] | undefined> {
    const kind = await this.#kind(name);
    if (!kind) {
      return undefined;
    }
    try {
      return await (metadata
        ? this.#calls.listMetadata(kind, selection)
        : this.#calls.list(kind, selection));
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        this.#unreadable.add(kind.plural);
        return undefined;
      }
      throw error;
    }
  }

  #put(
    relation: Relation,
    { group, plural, kind }: ClusterKind,
    rest: Pick<RelatedObject, 'name' | 'namespace' | 'status' | 'missing'>,
  ): void {
    const { namespace, ...others } = rest;
    const key = JSON.stringify([relation, group, plural, namespace, rest.name]);
    if (rest.name !== '' && !this.#items.has(key)) {
      this.#items.set(key, {
        relation,
        group: group === '' ? 'core' : group,
        plural,
        kind,
        ...(namespace !== undefined && { namespace }),
        ...others,
      });
    }
  }
}

function keyOf({ name, namespace }: { name: string; namespace?: string }) {
  return { name, namespace };
}
