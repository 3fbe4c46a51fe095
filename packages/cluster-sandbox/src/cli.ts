import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { followAuthenticationConfig } from './commandLine/authenticationConfig';
import { adminKubeconfig } from './commandLine/kubeconfig';
import { readArguments, USAGE } from './commandLine/readArguments';
import { SandboxCluster } from './SandboxCluster';

async function main(argv: string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(USAGE);
    return;
  }
  const {
    authenticationConfigFile,
    clusters: wanted,
    issuerCaFile,
    kubeconfig,
  } = readArguments(argv);
  const caPem = issuerCaFile && (await readFile(issuerCaFile, 'utf8'));
  const interrupted = Promise.race([
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
  ]);
  const clusters: SandboxCluster[] = [];
  try {
    for (const options of wanted) {
      const issuer = options.issuer && {
        ...options.issuer,
        ...(caPem && { caPem }),
      };
      const cluster = await SandboxCluster.start({ ...options, issuer });
      clusters.push(cluster);
      process.stdout.write(`${cluster.name}\t${cluster.apiServer}\n`);
    }
    if (authenticationConfigFile) {
      const [cluster] = clusters;
      followAuthenticationConfig(authenticationConfigFile, cluster, line =>
        process.stdout.write(`${cluster.name}\t${line}\n`),
      );
    }
    if (kubeconfig) {
      await writeFile(kubeconfig, adminKubeconfig(clusters), { mode: 0o600 });
      // The mode above applies only to a new file.
      await chmod(kubeconfig, 0o600);
      process.stdout.write(`kubeconfig\t${kubeconfig}\n`);
    }
    await interrupted;
  } finally {
    await Promise.all(clusters.map(cluster => cluster.stop()));
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    const message = error instanceof Error ? error.message : `${error}`;
    process.stderr.write(`${message}\n\n${USAGE}`);
    process.exit(1);
  },
);
