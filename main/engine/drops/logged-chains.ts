/** Where the rules stand that tell of what they drop. */
export { isLoggedEnd, loggedName } from '../../compiler/backends/nftables/log-drops.ts';
