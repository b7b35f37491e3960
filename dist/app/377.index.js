export const id = 377;
export const ids = [377];
export const modules = {

/***/ 14605:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rq: () => (/* binding */ MISS),
/* harmony export */   S1: () => (/* binding */ ASKING),
/* harmony export */   ZK: () => (/* binding */ callCache)
/* harmony export */ });
/** Exit code for an entry that is not there, or was not taken. */
const MISS = 4;
/** Said on standard error, as a line, when nothing but the service is waited for. */
const ASKING = 'asking the cache service';
/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
async function callCache({ operation, path, key, prefix }) {
    const cache = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(838), __webpack_require__.e(271), __webpack_require__.e(142)]).then(__webpack_require__.bind(__webpack_require__, 60142));
    if (!cache.isFeatureAvailable())
        throw new Error('this runner has no Actions cache');
    process.stderr.write(`${ASKING}\n`);
    if (operation === 'save')
        return (await cache.saveCache([path], key)) === -1 ? MISS : 0;
    const lookupOnly = operation === 'find';
    return (await cache.restoreCache([path], key, [prefix], { lookupOnly })) === undefined ? MISS : 0;
}


/***/ }),

/***/ 97377:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cache: () => (/* binding */ cache)
/* harmony export */ });
/* harmony import */ var _adapters_actions_cache_call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(14605);

/** One call of the Actions cache service in a process of its own, see `adapters/actions-cache-store.ts`. */
async function cache([request = '']) {
    try {
        process.exitCode = await (0,_adapters_actions_cache_call_js__WEBPACK_IMPORTED_MODULE_0__/* .callCache */ .ZK)(JSON.parse(request));
    }
    catch (error) {
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
    }
}


/***/ })

};
