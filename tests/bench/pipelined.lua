-- Sixteen requests at once, as wrk's own arguments describe them.
function init()
  local request = wrk.format()
  sixteen = request:rep(16)
end

function request()
  return sixteen
end
