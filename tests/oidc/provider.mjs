// A real OpenID provider over loopback. Whoever signs in types a citizen number; the password is
// not looked at. POST /rotate on its own port replaces the signing key.
import { createServer } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const { ISSUER, ALGORITHM, CLIENT_ID, CLIENT_SECRET } = process.env;
const number = "citizen_id";
// Whoever started it reads one line and then listens no more.
const say = console.log;
console.info = console.warn = console.log = () => {};
let made = 0;

async function provider() {
  const { privateKey } = await generateKeyPair(ALGORITHM, {
    extractable: true,
    ...(ALGORITHM === "EdDSA" && { crv: "Ed25519" }),
  });
  const key = {
    ...(await exportJWK(privateKey)),
    kid: `key-${++made}`,
    use: "sig",
    alg: ALGORITHM,
  };
  return new Provider(ISSUER, {
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: "native",
        redirect_uris: ["http://127.0.0.1/national-id"],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: ALGORITHM,
        ...(CLIENT_SECRET
          ? {
              client_secret: CLIENT_SECRET,
              token_endpoint_auth_method: "client_secret_basic",
            }
          : { token_endpoint_auth_method: "none" }),
      },
    ],
    scopes: ["openid", "citizen"],
    claims: { openid: ["sub"], citizen: [number] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ["a key of a test"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, [number]: id }),
    }),
  });
}

let current = (await provider()).callback();
const server = createServer(async (request, response) => {
  if (request.method === "POST" && request.url === "/rotate") {
    current = (await provider()).callback();
    response.end();
    return;
  }
  current(request, response);
});
server.listen(0, "127.0.0.1", () => say(`listening ${server.address().port}`));
// It ends with whoever started it.
process.stdin.resume().on("end", () => process.exit(0));
