import { keyText, namespaceKey } from './keys';
import { InventoryEntry, Observed } from './types';

/**
 * Returns the inventory, in which objects of a namespace that was deleted since have no UID: they went with it, even if
 * the namespace was created again. So nothing counts as applied in a new namespace because of a former one.
 */
export function currentInventory(
  inventory: InventoryEntry[],
  { objects }: Pick<Observed, 'objects'>,
): InventoryEntry[] {
  const recorded = new Map(
    inventory
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ name, uid }) => [name, uid]),
  );
  return inventory.map(entry => {
    const { uid: _uid, ...key } = entry;
    if (key.kind === 'Namespace') {
      return entry;
    }
    const observed = objects.get(keyText(namespaceKey(key.namespace)));
    const uid = observed?.metadata.uid;
    return uid !== undefined && uid === recorded.get(key.namespace)
      ? entry
      : key;
  });
}
