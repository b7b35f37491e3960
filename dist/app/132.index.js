export const id = 132;
export const ids = [132];
export const modules = {

/***/ 46132:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  artifacts: () => (/* binding */ artifacts)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./src/adapters/run-artifacts-call.ts


/** Downloads at once: a run has up to 256 legs. */
const AT_ONCE = 8;
/** One call of the artifact service. Throws, and prints on standard output, as @actions/artifact does. */
async function callArtifacts(call) {
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(838), __webpack_require__.e(271), __webpack_require__.e(351), __webpack_require__.e(799)]).then(__webpack_require__.bind(__webpack_require__, 76799));
    const client = new DefaultArtifactClient();
    if (call.operation === 'upload')
        await client.uploadArtifact(call.name, [call.file], (0,external_node_path_.dirname)(call.file));
    else
        await (0,promises_.writeFile)(call.answer, JSON.stringify(await readAll(client, call)));
}
async function readAll(client, { prefix, answer }) {
    const { artifacts } = await client.listArtifacts({ latest: true });
    const open = artifacts.filter(({ name }) => name.startsWith(prefix));
    const texts = [];
    const problems = [];
    const work = async () => {
        for (let next = open.shift(); next !== undefined; next = open.shift()) {
            const { name, id, digest } = next;
            try {
                const folder = (0,external_node_path_.join)((0,external_node_path_.dirname)(answer), String(id));
                const expected = digest === undefined ? {} : { expectedHash: digest };
                const { digestMismatch } = await client.downloadArtifact(id, { path: folder, ...expected });
                if (digestMismatch === true)
                    throw new Error('its bytes are not those that were uploaded');
                texts.push([name, await onlyFile(folder)]);
            }
            catch (error) {
                problems.push(`${name}: ${error.message}`);
            }
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { texts, problems };
}
async function onlyFile(folder) {
    const [file, ...more] = await (0,promises_.readdir)(folder);
    if (file === undefined || more.length > 0)
        throw new Error('it does not hold one file');
    return (0,promises_.readFile)((0,external_node_path_.join)(folder, file), 'utf8');
}

;// CONCATENATED MODULE: ./src/artifacts.ts

/** One call of the artifact service in a process of its own, see `adapters/run-artifacts.ts`. */
async function artifacts([request = '']) {
    try {
        await callArtifacts(JSON.parse(request));
    }
    catch (error) {
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
    }
}


/***/ })

};
