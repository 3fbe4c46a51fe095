import { InputError } from '@backstage/errors';
import { isLabelValue, NodeMig } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt, recordsAt, textAt } from '../objects/json';
import { parseDocuments } from '../objects/parseDocuments';
import { isRecord } from '../values';

type Configuration = NonNullable<NodeMig['configurations']>[number];

const KEY = 'config.yaml';
const MAX_CONFIGURATIONS = 500;
const MAX_LAYOUTS = 50;
const MAX_PROFILE = 64;

/**
 * Reads the configurations of the MIG manager from its ConfigMap. The content is not trusted: what is no configuration
 * is left out.
 *
 * @throws InputError if the content is not YAML
 * @see https://github.com/NVIDIA/mig-parted
 */
export function migConfigurationsOf(configMap: JsonRecord): Configuration[] {
  const text = textAt(configMap, 'data', KEY);
  if (text === undefined) {
    throw new InputError(`${KEY} is missing`);
  }
  const [document] = parseDocuments(text, KEY);
  const configurations = recordAt(document?.value, 'mig-configs');
  return Object.keys(configurations)
    .filter(name => name !== '' && isLabelValue(name))
    .slice(0, MAX_CONFIGURATIONS)
    .map(name => ({
      name,
      layouts: [
        ...new Set(recordsAt(configurations, name).map(layoutOf)),
      ].slice(0, MAX_LAYOUTS),
    }));
}

/** A list of profiles means one of each. */
function layoutOf(entry: JsonRecord): string {
  if (entry['mig-enabled'] !== true) {
    return '';
  }
  const devices = entry['mig-devices'];
  if (Array.isArray(devices)) {
    return devices.map(profileOf).join(', ');
  }
  return Object.entries(isRecord(devices) ? devices : {})
    .map(([profile, count]) => `${profileOf(profile)} × ${Number(count)}`)
    .join(', ');
}

function profileOf(profile: unknown): string {
  return String(profile).slice(0, MAX_PROFILE);
}
