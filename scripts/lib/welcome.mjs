/**
 * Returns the message of `npm start` when everything is ready.
 *
 * @param {{url: string, people: Array<{name: string, role: string}>, clusters: string[]}} ready
 */
export function welcome({ url, people, clusters }) {
  const width = Math.max(0, ...people.map(person => person.name.length));
  const lines = ['', `Berth is ready:  ${url}`, '', 'Sign in as'];
  for (const person of people) {
    lines.push(`  ${person.name.padEnd(width)}  ${person.role}`);
  }
  if (clusters.length > 0) {
    lines.push(
      '',
      'Three things to try',
      '  1. As Alice, open "staging", copy the kubeconfig into a file and run',
      '       kubectl --kubeconfig FILE get pods      works in team-a',
      '       kubectl --kubeconfig FILE get nodes     is forbidden',
      '  2. As Ada, share "gpulab" with team-b; a moment later Bob sees it.',
      '  3. As Noor, see why she has access to "gpulab": through engineering, two groups above hers.',
    );
  } else {
    lines.push(
      '',
      'There are no sandbox clusters. As Ada, add a cluster of your own.',
    );
  }
  lines.push('', 'Press Ctrl-C to stop.', '');
  return lines.join('\n');
}
