import { layProxyHome, type ProxyHome } from './lay-proxy-home.ts';
import { tempFolder } from './temp-folder.ts';

/** `layProxyHome` in a folder of the test's own. */
export function proxyHome(): Promise<ProxyHome> {
  return layProxyHome(tempFolder('ccs-home-'));
}
