declare const KUBECTL_BERTH_VERSION: string;

process.stdout.write(`kubectl-berth ${KUBECTL_BERTH_VERSION}\n`);
