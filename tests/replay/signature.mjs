// Whether a signed package is found sound by WebCrypto, with which wabac and ReplayWeb.page judge it.
//
//   signature.mjs DATAPACKAGE-DIGEST.JSON
import fs from 'fs';
import { webcrypto } from 'crypto';

const { hash, signedData } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const octets = (base64) => Buffer.from(base64, 'base64');
const curve = { name: 'ECDSA', namedCurve: 'P-384' };
const key = await webcrypto.subtle.importKey('spki', octets(signedData.publicKey), curve, true, ['verify']);
const holds = await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, octets(signedData.signature), Buffer.from(hash));
process.exit(holds && hash === signedData.hash ? 0 : 1);
