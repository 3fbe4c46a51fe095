import { Scalar, ScalarTag } from 'yaml';

export const MERGE_TAG = 'tag:yaml.org,2002:merge';

/**
 * Changes the tag of merge keys (`<<`) to the order of `kubectl` and helm: what is merged replaces the keys that come
 * before it. By YAML, the keys of the object itself always win.
 */
export function mergeAsKubectl(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    resolve: (...given) => {
      const key = tag.resolve(...given) as Scalar;
      const merge = key.addToJSMap;
      key.addToJSMap = (context, target, value) => {
        if (target instanceof Map) {
          const merged = new Map<unknown, unknown>();
          merge?.(context, merged, value);
          merged.forEach((item, name) => target.set(name, item));
          return;
        }
        const merged = {};
        merge?.(context, merged, value);
        Object.defineProperties(
          target,
          Object.getOwnPropertyDescriptors(merged),
        );
      };
      return key;
    },
  };
}
