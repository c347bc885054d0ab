def write(results, names, options): pass
