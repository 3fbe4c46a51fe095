import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { useAccess } from '../../kit/hooks';
import { TerminalButton } from '../../kit/terminal';
import { containersOf } from './kinds/containers';

/** Offers a terminal in the containers of a pod, in portals that have terminals. */
export function PodTerminal(props: {
  address: ObjectAddress;
  view: ObjectView;
}) {
  const { address, view } = props;
  const { value: access } = useAccess();
  if (
    !access?.terminal ||
    address.group !== 'core' ||
    address.plural !== 'pods'
  ) {
    return null;
  }
  const containers = containersOf(view.object).map(({ name, status }) => ({
    name,
    running: status?.state?.phase === 'running',
  }));
  return <TerminalButton address={address} containers={containers} />;
}
